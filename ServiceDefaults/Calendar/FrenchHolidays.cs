using System.Collections.Frozen;

namespace Delegation.ServiceDefaults.Calendar;

/// <summary>
/// The public holidays of France (jours fériés, article L3133-1 of the Code du travail), computed for any year: no list to maintain, and none
/// that ends. In Moselle, Bas-Rhin and Haut-Rhin, Good Friday and the second day of Christmas are holidays too (L3134-13).
/// </summary>
public static class FrenchHolidays
{
    // The same for all processes: a year is computed once, and a platform lives through few of them.
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(int Year, bool AlsaceMoselle), FrozenSet<DateOnly>> Years = [];

    /// <summary>Whether nobody works on a day.</summary>
    public static bool Contains(DateOnly day, bool alsaceMoselle = false) =>
        Years.GetOrAdd((day.Year, alsaceMoselle), key => Of(key.Year, key.AlsaceMoselle).ToFrozenSet()).Contains(day);

    /// <summary>The holidays of a year. Two of them may fall on one day, as Ascension on 8 May.</summary>
    public static IEnumerable<DateOnly> Of(int year, bool alsaceMoselle = false)
    {
        var easter = EasterSunday(year);
        DateOnly[] everywhere =
        [
            new(year, 1, 1), easter.AddDays(1), new(year, 5, 1), new(year, 5, 8), easter.AddDays(39), easter.AddDays(50),
            new(year, 7, 14), new(year, 8, 15), new(year, 11, 1), new(year, 11, 11), new(year, 12, 25),
        ];

        return alsaceMoselle ? [.. everywhere, easter.AddDays(-2), new(year, 12, 26)] : everywhere;
    }

    /// <summary>Easter Sunday of the Gregorian calendar, by the method of Meeus, Jones and Butcher.</summary>
    internal static DateOnly EasterSunday(int year)
    {
        var golden = year % 19;
        var (century, ofCentury) = Math.DivRem(year, 100);
        var (leapCentury, restOfCentury) = Math.DivRem(century, 4);
        var moonCorrection = (century - (century + 8) / 25 + 1) / 3;
        var epact = (19 * golden + century - leapCentury - moonCorrection + 15) % 30;
        var (leapYear, restOfYear) = Math.DivRem(ofCentury, 4);
        var weekday = (32 + 2 * restOfCentury + 2 * leapYear - epact - restOfYear) % 7;
        var shift = (golden + 11 * epact + 22 * weekday) / 451;
        var (month, day) = Math.DivRem(epact + weekday - 7 * shift + 114, 31);

        return new DateOnly(year, month, day + 1);
    }
}
