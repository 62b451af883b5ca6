using System.Globalization;

namespace Delegation.Portfolios;

/// <summary>A kind of benefit.</summary>
/// <param name="Code">Of Open DAMIR (<c>PRS_NAT</c>).</param>
/// <param name="Category">Poste, as the platform names it.</param>
/// <param name="Basket">100 % Santé, as the platform names it.</param>
/// <param name="Yearly">How many a person needs in a year: an assumption.</param>
/// <param name="Expense">What one costs, in cents: an assumption.</param>
/// <param name="Base">What the compulsory scheme counts of it, in cents.</param>
/// <param name="Rate">The part of the base that it pays, in percent.</param>
/// <param name="Extra">The part of what is above the base that the contract pays, in percent.</param>
internal sealed record Act(string Code, string Category, string Basket, double Yearly, int Expense, int Base, int Rate, int Extra)
{
    public static IReadOnlyList<Act> All { get; } =
    [
        .. Table.Read("acts.csv").Select(row => new Act(
            row[0], row[1], row[2], double.Parse(row[3], CultureInfo.InvariantCulture), Number(row[4]), Number(row[5]), Number(row[6]), Number(row[7]))),
    ];

    /// <summary>What the two schemes pay for one that costs so much.</summary>
    public (long Base, long Compulsory, long Benefit) Pay(long expense)
    {
        var counted = Math.Min(Base, expense);
        var compulsory = counted * Rate / 100;
        var benefit = Basket == "class_a" ? expense - compulsory : counted - compulsory + ((expense - counted) * Extra / 100);
        return (counted, compulsory, benefit);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>The lists that are embedded.</summary>
internal static class Table
{
    /// <summary>Its rows, without the header.</summary>
    public static IEnumerable<string[]> Read(string name)
    {
        using var reader = new StreamReader(typeof(Table).Assembly.GetManifestResourceStream(name)!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r').Split(';'))];
    }
}
