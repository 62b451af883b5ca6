using System.Numerics;
using Delegation.Contracts.V1;

namespace Delegation.Contracts.Finance;

/// <summary>
/// What the advance of funds should be, by the formula that both sides agreed on: the daily benefits of the months looked at, times the days to
/// cover, with the margin; raised to the next step, and kept between floor and ceiling. Nothing is rounded on the way.
/// </summary>
internal static class AdvanceRule
{
    private const long Whole = 100_00;

    /// <param name="terms">The terms that hold.</param>
    /// <param name="paidCents">Benefits paid in the months of the window.</param>
    /// <param name="days">How many days these months have.</param>
    public static long Estimate(AdvanceTerms terms, long paidCents, int days)
    {
        var step = terms.Step?.MinorUnits ?? 1;
        var numerator = (BigInteger)paidCents * terms.CoverageDays * (Whole + terms.MarginHundredths);
        var denominator = (BigInteger)days * Whole * step;
        var raised = (numerator + denominator - 1) / denominator * step;
        var wanted = (long)BigInteger.Min(raised, Euros.Most);

        wanted = Math.Max(wanted, terms.Floor?.MinorUnits ?? 0);
        return Math.Min(wanted, terms.Ceiling?.MinorUnits ?? Euros.Most);
    }

    /// <summary>What should move for an advance to become another: nothing where the difference is below the threshold.</summary>
    public static long Adjustment(AdvanceTerms terms, long advanceCents, long wantedCents)
    {
        var difference = wantedCents - advanceCents;
        return (BigInteger)Math.Abs(difference) * Whole < (BigInteger)advanceCents * terms.ThresholdHundredths ? 0 : difference;
    }

    /// <summary>The first day of the whole months that are looked at on a day, and the last one.</summary>
    public static (DateOnly First, DateOnly Last) Window(AdvanceTerms terms, DateOnly day)
    {
        // The day itself may be the last of its month.
        var next = day.AddDays(1);
        var last = new DateOnly(next.Year, next.Month, 1).AddDays(-1);
        return (new DateOnly(last.Year, last.Month, 1).AddMonths(1 - terms.WindowMonths), last);
    }
}
