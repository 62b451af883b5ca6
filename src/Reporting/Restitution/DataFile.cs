using Delegation.ServiceDefaults.Errors;

namespace Delegation.Reporting.Restitution;

/// <summary>What the cells of a column are, as the dictionary says it.</summary>
internal enum DataUnit
{
    Text,
    Code,
    Day,
    Flag,
    Number,
    Cents,
    Fraction,
}

/// <summary>A column of a file.</summary>
/// <param name="Name">In the header, and in the table.</param>
/// <param name="Unit">What its cells are.</param>
/// <param name="Meaning">For the dictionary.</param>
internal sealed record DataColumn(string Name, DataUnit Unit, LocalizedText Meaning)
{
    /// <summary>Whether the manifest has its total.</summary>
    public bool IsSummed => Unit is DataUnit.Number or DataUnit.Cents;
}

/// <summary>A file of all lines of a kind.</summary>
/// <param name="Kind">The kind of the imports, which is its name.</param>
/// <param name="Table">Where the lines are.</param>
/// <param name="Day">The column by which they belong to a period.</param>
/// <param name="Columns">From left to right; the first is the reference of the line.</param>
internal sealed record DataFile(string Kind, string Table, string Day, IReadOnlyList<DataColumn> Columns)
{
    public string Name => $"{Kind}.csv";

    /// <summary>Whether lines count from one import to another, and not, as operations, from one instant to another.</summary>
    public bool IsByImport => Table != "operation";
}
