using System.Numerics;
using Delegation.Contracts.Commitments;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Finance;

/// <summary>What a fee comes to in a period.</summary>
/// <param name="Parts">One for each version that holds on some of its days; their amounts are the whole.</param>
/// <param name="Cents">The whole.</param>
/// <param name="IsCovered">False when on some days no version holds.</param>
internal sealed record FeeExpected(IReadOnlyList<InvoicePart> Parts, long Cents, bool IsCovered);

/// <summary>
/// What is expected of an invoice line. Each version counts for the days on which it holds; the least that a version costs counts by days too.
/// The exact whole is rounded once, and each part gets what the sum up to it gains by it: so the parts make up the whole to the cent.
/// </summary>
internal static class FeeRule
{
    private const long MicrosOfACent = 10_000;
    private const long WholeMicros = 1_000_000;

    /// <param name="versions">Those of the fee that hold on some days of the period.</param>
    /// <param name="period">The days that are invoiced.</param>
    /// <param name="quantity">Units or base of the whole period.</param>
    public static FeeExpected Of(IReadOnlyList<JointVersionRow> versions, DayRange period, long quantity)
    {
        var parts = new List<InvoicePart>();
        var (sum, days) = (Fraction.Zero, 0);
        foreach (var (version, held) in versions.Select(version => (version, Held: HeldDays(version, period))).Where(entry => entry.Held is not null).OrderBy(entry => entry.Held!.Start))
        {
            var terms = version.ReadFinancial().Fee;
            var (rated, least) = (Rated(terms, held!, period, quantity), Least(terms, held!));
            var before = sum.Round();
            sum += rated < least ? least : rated;
            days += held!.Days;
            parts.Add(new InvoicePart
            {
                StartDay = DayField.Write(held.Start),
                EndDay = DayField.Write(held.End),
                FinancialVersionId = version.Id.ToString(),
                Amount = Euros.Of(sum.Round() - before),
                MinimumApplied = rated < least,
            });
        }

        return new FeeExpected(parts, sum.Round(), days == period.Days);
    }

    private static Fraction Rated(FeeTerms terms, DayRange held, DayRange period, long quantity)
    {
        var share = new Fraction(held.Days, period.Days);
        var periods = SettlementPeriods.Count(terms.Period, held.Start, held.End);
        return terms.Basis switch
        {
            FeeBasis.Fixed => periods * terms.RateMicros * new Fraction(1, MicrosOfACent),
            // The rate is for each person and period, and how many there were is an average of the days.
            FeeBasis.PerBeneficiary or FeeBasis.PerInsured => periods * ((BigInteger)quantity * terms.RateMicros) * new Fraction(1, MicrosOfACent),
            FeeBasis.PerAct => share * ((BigInteger)quantity * terms.RateMicros) * new Fraction(1, MicrosOfACent),
            _ => share * ((BigInteger)quantity * terms.RateMicros) * new Fraction(1, WholeMicros),
        };
    }

    private static Fraction Least(FeeTerms terms, DayRange held) =>
        terms.Minimum is null ? Fraction.Zero : SettlementPeriods.Count(terms.Period, held.Start, held.End) * terms.Minimum.MinorUnits;

    // Null where it holds on no day of the period.
    private static DayRange? HeldDays(JointVersionRow version, DayRange period)
    {
        var start = version.EffectiveDay > period.Start ? version.EffectiveDay : period.Start;
        var end = new[] { period.End, version.LastDay, version.SupersededOnDay?.AddDays(-1) }.Min()!.Value;
        return start <= end ? new DayRange(start, end) : null;
    }
}
