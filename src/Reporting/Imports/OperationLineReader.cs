using System.Globalization;

namespace Delegation.Reporting.Imports;

/// <summary>Reads what the lines of a file tell of operations; each stands for itself.</summary>
internal sealed class OperationLineReader(ColumnPlan plan, Period period)
{
    private const int LongestReference = 64;
    private const int LongestCell = 500;

    /// <summary>Reads a line, and tells all that is wrong with it at once.</summary>
    public ReadLine Read(CsvRecord record)
    {
        var faults = new List<(string, string)>();
        var cells = plan.Mapped(record.Cells);
        if (record.QuotesMalformed)
            faults.Add(("line", "QUOTES_MALFORMED"));
        if (record.Cells.Length != plan.Headers.Count)
            faults.Add(("line", record.Cells.Length < plan.Headers.Count ? "CELLS_MISSING" : "CELLS_TOO_MANY"));

        var reference = Reference(cells[0], faults);
        var kind = Code(1, "KIND", cells, faults, isRequired: true);
        var receive = Instant(2, "RECEIVE", cells, faults, isRequired: true);
        var complete = Instant(3, "COMPLETE", cells, faults);
        var close = Instant(4, "CLOSE", cells, faults);
        var outcome = Code(5, "OUTCOME", cells, faults);
        var automated = Code(6, "AUTOMATED", cells, faults);
        Compare(receive?.Day, complete?.Day, close?.Day, outcome, cells, faults);

        return faults.Count == 0
            ? new ReadLine(
                record.Line, cells, new OperationLine(reference!, kind!, receive!.Value.Day, receive.Value.Time, complete?.Day, close?.Day, close?.Time, outcome, automated is null ? null : automated == "yes"), reference, [])
            : new ReadLine(record.Line, [.. cells.Select(Kept)], null, reference, faults);
    }

    /// <summary>A cell as it may be kept of a line that is rejected.</summary>
    private static string Kept(string cell) => PersonalData.OfValue(cell) is not null ? "***" : cell.Length <= LongestCell ? cell.Replace('\0', ' ') : $"{cell.AsSpan(0, LongestCell)}…".Replace('\0', ' ');

    private static string? Reference(string cell, List<(string, string)> faults)
    {
        var text = cell.Trim();
        var fault = text.Length == 0 ? "REFERENCE_REQUIRED"
            : text.Length > LongestReference ? "REFERENCE_TOO_LONG"
            : text.Any(IsInvisible) ? "REFERENCE_INVISIBLE_CHARACTER"
            : PersonalData.OfValue(text) is { Certain: true } or { Kind: PersonalKind.Name } ? "REFERENCE_PERSONAL"
            : null;
        if (fault is null)
            return text;

        faults.Add(("reference", fault));
        return null;
    }

    private static bool IsInvisible(char character) =>
        char.IsControl(character) || char.IsSurrogate(character) || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private string? Code(int field, string name, string[] cells, List<(string, string)> faults, bool isRequired = false)
    {
        var text = cells[field].Trim();
        if (text.Length > 0 && plan.Codes[field]!.TryGetValue(Folded.Of(text), out var code))
            return code;

        if (text.Length > 0 || isRequired)
            faults.Add((OperationFields.All[field].Name, text.Length == 0 ? $"{name}_REQUIRED" : $"{name}_UNKNOWN"));
        return null;
    }

    private static DayAndTime? Instant(int field, string name, string[] cells, List<(string, string)> faults, bool isRequired = false)
    {
        var text = cells[field];
        if (DayAndTime.TryRead(text, out var read))
            return read;

        var isEmpty = string.IsNullOrWhiteSpace(text);
        if (!isEmpty || isRequired)
            faults.Add((OperationFields.All[field].Name, isEmpty ? $"{name}_REQUIRED" : $"{name}_MALFORMED"));
        return null;
    }

    // What moved or was in stock in the period belongs to it: what is closed before or received after it does not.
    private void Compare(DateOnly? receive, DateOnly? complete, DateOnly? close, string? outcome, string[] cells, List<(string, string)> faults)
    {
        if (receive > period.End)
            faults.Add(("receive", "RECEIVE_AFTER_PERIOD"));
        if (complete < receive)
            faults.Add(("complete", "COMPLETE_BEFORE_RECEIVE"));
        if (complete > close)
            faults.Add(("complete", "COMPLETE_AFTER_CLOSE"));
        else if (complete > period.End)
            faults.Add(("complete", "COMPLETE_AFTER_PERIOD"));
        if (close < receive)
            faults.Add(("close", "CLOSE_BEFORE_RECEIVE"));
        else if (close < period.Start)
            faults.Add(("close", "CLOSE_BEFORE_PERIOD"));
        else if (close > period.End)
            faults.Add(("close", "CLOSE_AFTER_PERIOD"));
        if (close is not null && string.IsNullOrWhiteSpace(cells[5]))
            faults.Add(("outcome", "OUTCOME_REQUIRED"));
        if (close is null && outcome is not null && string.IsNullOrWhiteSpace(cells[4]))
            faults.Add(("outcome", "OUTCOME_WITHOUT_CLOSE"));
    }
}
