using CsvHelper;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Scoping.Grid;

/// <summary>Reads the file of a guarantee grid: all of it, or what is wrong with it by line and column.</summary>
internal static class GridFile
{
    public const int MostLines = 2000;
    private const int MostTold = 100;

    /// <summary>The lines in their order; null with violations.</summary>
    public static IReadOnlyList<GuaranteeLine>? Read(ReadOnlySpan<byte> file, ICollection<FieldViolation> violations)
    {
        var found = new List<FieldViolation>();
        var lines = GridText.Read(file, found) is { } text ? Read(text, found) : [];

        foreach (var violation in found.Take(MostTold))
            violations.Add(violation);
        if (found.Count > MostTold)
            violations.Add(GridViolations.TooMany(MostTold));

        return found.Count == 0 ? lines : null;
    }

    private static List<GuaranteeLine> Read(string text, List<FieldViolation> violations)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = Separator(text),
            HasHeader = false,
            TrackLineNumbers = true,
            OnMalformedRecord = record => violations.Add(GridViolations.QuotesDiffer((int)record.LineNumber)),
        });
        if (!reader.Read() || (IsSeparatorLine(reader) && !reader.Read()))
        {
            violations.Add(GridViolations.NoLines);
            return [];
        }

        var columns = GridColumns.Read(reader.Current.ToArray(), violations);
        return violations.Count > 0 ? [] : Read(reader, columns, violations);
    }

    private static List<GuaranteeLine> Read(CsvReader reader, GridColumns columns, List<FieldViolation> violations)
    {
        var lines = new List<GuaranteeLine>();
        var places = new Dictionary<(string Code, string Level), int>();
        while (violations.Count <= MostTold && reader.Read())
        {
            // Spreadsheets end a file with lines of separators alone.
            var (record, place) = (reader.Current.ToArray(), (int)reader.LineNumber);
            if (record.All(string.IsNullOrWhiteSpace))
                continue;

            if (lines.Count == MostLines)
            {
                violations.Add(GridViolations.TooManyLines(MostLines));
                break;
            }

            if (record.Length != columns.Count)
            {
                violations.Add(GridViolations.CellCountDiffers(place, record.Length, columns.Count));
                continue;
            }

            var line = GridLines.Read(new GridCells(columns, record, place, violations));
            if (line.Code.Length > 0 && line.Level.Length > 0 && !places.TryAdd((line.Code, line.Level), place))
                violations.Add(GridViolations.LineTwice(place, places[(line.Code, line.Level)], line.Code, line.Level));
            lines.Add(line);
        }

        if (lines.Count == 0 && violations.Count == 0)
            violations.Add(GridViolations.NoLines);
        return lines;
    }

    // The one that the first line has most of. Excel says it itself when asked to: `sep=;`.
    private static char Separator(string text)
    {
        var first = text.AsSpan().TrimStart();
        first = first[..(first.IndexOfAny('\r', '\n') is var end and >= 0 ? end : first.Length)];
        var (semicolons, commas, tabs) = (first.Count(';'), first.Count(','), first.Count('\t'));
        return tabs > Math.Max(semicolons, commas) ? '\t' : commas > semicolons ? ',' : ';';
    }

    private static bool IsSeparatorLine(CsvReader reader) => reader.GetString(0).StartsWith("sep=", StringComparison.OrdinalIgnoreCase);
}
