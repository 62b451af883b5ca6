using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>Reads the file of a survey: all of it, or what is wrong with it by line and column.</summary>
internal static class SurveyFile
{
    public const int LargestFile = 1024 * 1024;
    public const int MostLines = 5000;
    private const int MostTold = 100;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public static string Sha256(ReadOnlySpan<byte> file) => Convert.ToHexStringLower(SHA256.HashData(file));

    /// <summary>The results in their order; null with violations.</summary>
    public static IReadOnlyList<SurveyResultRow>? Read(ReadOnlySpan<byte> file, DateTimeOffset now, ICollection<FieldViolation> violations)
    {
        var found = new List<FieldViolation>();
        var results = Decode(file, found) is { } text ? Read(text, now, found) : [];

        foreach (var violation in found.Take(MostTold))
            violations.Add(violation);
        if (found.Count > MostTold)
            violations.Add(SurveyViolations.TooMany(MostTold));

        return found.Count == 0 ? results : null;
    }

    private static List<SurveyResultRow> Read(string text, DateTimeOffset now, List<FieldViolation> violations)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = Separator(text),
            HasHeader = false,
            TrackLineNumbers = true,
            OnMalformedRecord = record => violations.Add(SurveyViolations.QuotesDiffer((int)record.LineNumber)),
        });
        if (!reader.Read() || (reader.GetString(0).StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && !reader.Read()))
        {
            violations.Add(SurveyViolations.NoLines);
            return [];
        }

        var columns = SurveyColumns.Read(reader.Current.ToArray(), violations);
        return violations.Count > 0 ? [] : Read(reader, columns, now, violations);
    }

    private static List<SurveyResultRow> Read(CsvReader reader, SurveyColumns columns, DateTimeOffset now, List<FieldViolation> violations)
    {
        var results = new List<SurveyResultRow>();
        var places = new Dictionary<(string Period, string Theme, string Question), int>();
        var lines = 0;
        while (violations.Count <= MostTold && reader.Read())
        {
            // Spreadsheets end a file with lines of separators alone.
            var (record, place) = (reader.Current.ToArray(), (int)reader.LineNumber);
            if (record.All(string.IsNullOrWhiteSpace))
                continue;

            if (++lines > MostLines)
            {
                violations.Add(SurveyViolations.TooManyLines(MostLines));
                break;
            }

            if (record.Length != columns.Count)
                violations.Add(SurveyViolations.CellCountDiffers(place, record.Length, columns.Count));
            else if (new SurveyLine(columns, record, place, now, violations).Read() is { } result)
            {
                var key = (result.Period, result.Theme, result.Question);
                if (!places.TryAdd(key, place))
                    violations.Add(SurveyViolations.LineTwice(place, places[key]));
                results.Add(result);
            }
        }

        if (lines == 0 && violations.Count == 0)
            violations.Add(SurveyViolations.NoLines);
        return results;
    }

    private static string? Decode(ReadOnlySpan<byte> file, List<FieldViolation> violations)
    {
        if (file.Length > LargestFile)
            violations.Add(SurveyViolations.TooLarge(LargestFile));
        else if (file.Contains((byte)0) || !TryDecode(file, out var text))
            violations.Add(SurveyViolations.NotText);
        else if (string.IsNullOrWhiteSpace(text))
            violations.Add(SurveyViolations.Empty);
        else
            return text;

        return null;
    }

    private static bool TryDecode(ReadOnlySpan<byte> file, out string text)
    {
        try
        {
            text = Utf8.GetString(file is [0xEF, 0xBB, 0xBF, ..] ? file[3..] : file);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }

    // The one that the first line has most of. Excel says it itself when asked to: `sep=;`.
    private static char Separator(string text)
    {
        var first = text.AsSpan().TrimStart();
        first = first[..(first.IndexOfAny('\r', '\n') is var end and >= 0 ? end : first.Length)];
        var (semicolons, commas, tabs) = (first.Count(';'), first.Count(','), first.Count('\t'));
        return tabs > Math.Max(semicolons, commas) ? '\t' : commas > semicolons ? ',' : ';';
    }
}
