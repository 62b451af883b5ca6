namespace Delegation.Reporting.Imports;

/// <summary>A line of a CSV file; in quotes it may go over several.</summary>
/// <param name="Line">The line of the file on which it starts, the first being 1.</param>
/// <param name="Cells">Its cells, without their quotes.</param>
/// <param name="QuotesMalformed">Something follows a closing quote that is no separator.</param>
internal sealed record CsvRecord(long Line, string[] Cells, bool QuotesMalformed = false)
{
    /// <summary>An empty line, or one of nothing but separators, as spreadsheets leave them at the end.</summary>
    public bool IsBlank => Array.TrueForAll(Cells, string.IsNullOrWhiteSpace);
}
