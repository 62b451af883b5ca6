using System.Globalization;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Reporting.Imports;

/// <summary>A day in a file, with a time where there is one: ISO 8601, or as it is written in France. A time without offset is that of Paris.</summary>
internal readonly record struct DayAndTime(DateOnly Day, DateTime? Time)
{
    /// <summary>Of a day.</summary>
    public const int FirstYear = 1900;

    private const int LastYear = 2200;

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

        return read.Day.Year is >= FirstYear and <= LastYear;
    }

    /// <summary>The same of a cell. Nearly all are days in one of two forms.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out DayAndTime read)
    {
        if (text is [_, _, _, _, (byte)'-', _, _, (byte)'-', _, _] && IsDay(Digits(text[..4]), Digits(text[5..7]), Digits(text[8..]), out var day))
            read = new DayAndTime(day, null);
        else if (text is [_, _, (byte)'/', _, _, (byte)'/', _, _, _, _] && IsDay(Digits(text[6..]), Digits(text[3..5]), Digits(text[..2]), out day))
            read = new DayAndTime(day, null);
        else
            return TryRead(System.Text.Encoding.UTF8.GetString(text), out read);
        return true;
    }

    /// <summary>A month, as 2026-03, 03/2026 or one of its days: the number of its first day.</summary>
    public static bool TryReadMonth(ReadOnlySpan<byte> text, out long firstDay)
    {
        var isMonth = text switch
        {
            [_, _, _, _, (byte)'-', _, _] => IsDay(Digits(text[..4]), Digits(text[5..]), 1, out var first) ? first : default(DateOnly?),
            [_, _, (byte)'/', _, _, _, _] => IsDay(Digits(text[3..]), Digits(text[..2]), 1, out var first) ? first : default(DateOnly?),
            _ => TryRead(text, out var read) ? read.Day : default(DateOnly?),
        };
        firstDay = isMonth is { } month ? new DateOnly(month.Year, month.Month, 1).DayNumber : 0;
        return isMonth is not null;
    }

    private static bool IsDay(int year, int month, int day, out DateOnly read)
    {
        var isDay = year is >= FirstYear and <= LastYear && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        read = isDay ? new DateOnly(year, month, day) : default;
        return isDay;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var digit in text)
            number = digit is >= (byte)'0' and <= (byte)'9' && number >= 0 ? (number * 10) + digit - '0' : -1;
        return number;
    }

    private static DayAndTime At(DateTimeOffset instant) => new(ParisDays.DayAt(instant), instant.UtcDateTime);
}
