using System.Globalization;
using System.Text.RegularExpressions;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Watch.Feeds;

/// <summary>
/// The dates of feeds: RFC 822 as it is written (with and without weekday, seconds and zone, with years of two digits, in French), ISO 8601, and what French sites
/// write. A date that cannot be right is none.
/// </summary>
internal static partial class FeedDates
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] FrenchMonths = ["janv", "fev", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec"];

    private static readonly Dictionary<string, int> Zones = new()
    {
        ["est"] = -5, ["edt"] = -4, ["cst"] = -6, ["cdt"] = -5, ["mst"] = -7, ["mdt"] = -6, ["pst"] = -8, ["pdt"] = -7, ["cet"] = 1, ["cest"] = 2, ["bst"] = 1, ["met"] = 1, ["mest"] = 2,
    };

    /// <summary>The day in Paris; null for what is no date, lies before 1990 or later than tomorrow.</summary>
    public static DateOnly? Day(string text, DateTimeOffset now)
    {
        var read = Read(text.Trim());
        return read is { } day && day.Year >= 1990 && day <= ParisDays.DayAt(now).AddDays(1) ? day : null;
    }

    private static DateOnly? Read(string text) =>
        Worded().Match(text) is { Success: true } worded ? OfWords(worded)
        : Iso().Match(text) is { Success: true } iso ? Of(iso, Number(iso, "year"), Number(iso, "month"), Number(iso, "day"))
        : Slashed().Match(text) is { Success: true } slashed ? Of(slashed, Number(slashed, "year"), Number(slashed, "month"), Number(slashed, "day"))
        : null;

    private static DateOnly? OfWords(Match match)
    {
        var name = match.Groups["month"].Value.ToLowerInvariant().Replace('é', 'e').Replace('û', 'u');
        var month = Array.FindIndex(FrenchMonths, known => name.StartsWith(known, StringComparison.Ordinal));
        month = month >= 0 ? month : Array.FindIndex(Months, known => name.StartsWith(known, StringComparison.Ordinal));
        var year = Number(match, "year");
        return month < 0 ? null : Of(match, match.Groups["year"].Length == 2 ? year + (year < 70 ? 2000 : 1900) : year, month + 1, Number(match, "day"));
    }

    private static DateOnly? Of(Match match, int year, int month, int day)
    {
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        if (!match.Groups["hour"].Success || Number(match, "hour") > 23 || Number(match, "minute") > 59)
            return new DateOnly(year, month, day);

        // A time without a zone is that of Paris: who writes none writes their own.
        var local = new DateTime(year, month, day, Number(match, "hour"), Number(match, "minute"), 0, DateTimeKind.Unspecified);
        return Offset(match.Groups["zone"].Value) is { } offset ? ParisDays.DayAt(new DateTimeOffset(local, offset)) : DateOnly.FromDateTime(local);
    }

    private static TimeSpan? Offset(string zone)
    {
        var name = zone.ToLowerInvariant();
        if (name is "z" or "gmt" or "ut" or "utc")
            return TimeSpan.Zero;
        if (Zones.TryGetValue(name, out var hours))
            return TimeSpan.FromHours(hours);
        if (name.Length < 3 || name[0] is not ('+' or '-'))
            return null;

        var digits = name[1..].Replace(":", "", StringComparison.Ordinal).PadRight(4, '0');
        var minutes = int.Parse(digits[..2], CultureInfo.InvariantCulture) * 60 + int.Parse(digits[2..4], CultureInfo.InvariantCulture);
        return minutes <= 14 * 60 ? TimeSpan.FromMinutes(name[0] == '-' ? -minutes : minutes) : null;
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:\p{L}{2,9}\.?,?\s+)?(?<day>\d{1,2})(?:er)?[\s-]+(?<month>\p{L}{3,9})\.?,?[\s-]+(?<year>\d{4}|\d{2})(?:,?\s+(?:à\s+)?(?<hour>\d{1,2})[:h](?<minute>\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?<zone>[A-Za-z]{1,4}|[+-]\d{2}:?\d{2})?.*)?$")]
    private static partial Regex Worded();

    [GeneratedRegex(@"^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T\s]+(?<hour>\d{2}):(?<minute>\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(?<zone>[A-Za-z]{1,4}|[+-]\d{2}(?::?\d{2})?)?)?$")]
    private static partial Regex Iso();

    [GeneratedRegex(@"^(?<day>\d{1,2})/(?<month>\d{1,2})/(?<year>\d{4})(?:\s*-?\s*(?:à\s+)?(?<hour>\d{1,2})[:h](?<minute>\d{2})(?::\d{2})?(?<zone>))?$")]
    private static partial Regex Slashed();
}
