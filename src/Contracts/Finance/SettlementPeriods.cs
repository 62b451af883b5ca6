using System.Numerics;
using Delegation.Contracts.V1;

namespace Delegation.Contracts.Finance;

/// <summary>An exact fraction: what is rounded once must not be rounded before.</summary>
internal readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
{
    public static readonly Fraction Zero = new(0, 1);

    public static Fraction operator +(Fraction one, Fraction other) => new(
        one.Numerator * other.Denominator + other.Numerator * one.Denominator, one.Denominator * other.Denominator);

    public static Fraction operator *(Fraction one, BigInteger factor) => new(one.Numerator * factor, one.Denominator);

    public static Fraction operator *(Fraction one, Fraction other) => new(one.Numerator * other.Numerator, one.Denominator * other.Denominator);

    public static bool operator <(Fraction one, Fraction other) => one.Numerator * other.Denominator < other.Numerator * one.Denominator;

    public static bool operator >(Fraction one, Fraction other) => other < one;

    /// <summary>As cents.</summary>
    public long Round() => Euros.Round(Numerator, Denominator);
}

/// <summary>Calendar periods for which something is due, counted by days where only some of their days count.</summary>
internal static class SettlementPeriods
{
    /// <summary>How many periods some days make: a whole month is one, half of its days are half of one.</summary>
    public static Fraction Count(SettlementPeriod period, DateOnly start, DateOnly end)
    {
        var count = Fraction.Zero;
        for (var first = FirstDayOf(period, start); first <= end; first = Next(period, first))
        {
            var last = Next(period, first).AddDays(-1);
            var (from, to) = (start > first ? start : first, end < last ? end : last);
            count += new Fraction(to.DayNumber - from.DayNumber + 1, last.DayNumber - first.DayNumber + 1);
        }

        return count;
    }

    private static DateOnly FirstDayOf(SettlementPeriod period, DateOnly day) => period switch
    {
        SettlementPeriod.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        SettlementPeriod.Month => new DateOnly(day.Year, day.Month, 1),
        SettlementPeriod.Quarter => new DateOnly(day.Year, (day.Month - 1) / 3 * 3 + 1, 1),
        SettlementPeriod.HalfYear => new DateOnly(day.Year, (day.Month - 1) / 6 * 6 + 1, 1),
        _ => new DateOnly(day.Year, 1, 1),
    };

    private static DateOnly Next(SettlementPeriod period, DateOnly first) => period switch
    {
        SettlementPeriod.Week => first.AddDays(7),
        SettlementPeriod.Month => first.AddMonths(1),
        SettlementPeriod.Quarter => first.AddMonths(3),
        SettlementPeriod.HalfYear => first.AddMonths(6),
        _ => first.AddYears(1),
    };
}
