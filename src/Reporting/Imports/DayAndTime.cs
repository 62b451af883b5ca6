using System.Globalization;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Reporting.Imports;

/// <summary>A day in a file, with a time where there is one: ISO 8601, or as it is written in France. A time without offset is that of Paris.</summary>
internal readonly record struct DayAndTime(DateOnly Day, DateTime? Time)
{
    private static readonly string[] Days = ["yyyy-MM-dd", "dd/MM/yyyy", "yyyyMMdd"];

    private static readonly string[] Times = [.. from day in Days[..2] from between in new[] { "' '", "'T'" } from time in new[] { "HH:mm", "HH:mm:ss", "HH:mm:ss.FFF" } select $"{day}{between}{time}"];

    private static readonly string[] Offsets = [.. Times.Select(form => form + "K")];

    /// <summary>False for anything else, and for years that are none of people's.</summary>
    public static bool TryRead(string text, out DayAndTime read)
    {
        var trimmed = text.AsSpan().Trim();
        read = default;
        if (DateOnly.TryParseExact(trimmed, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            read = new DayAndTime(day, null);
        else if (DateTime.TryParseExact(trimmed, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            read = At(ParisDays.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local)));
        else if (DateTimeOffset.TryParseExact(trimmed, Offsets, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
            read = At(instant);
        else
            return false;

        return read.Day.Year is >= 1900 and <= 2200;
    }

    private static DayAndTime At(DateTimeOffset instant) => new(ParisDays.DayAt(instant), instant.UtcDateTime);
}
