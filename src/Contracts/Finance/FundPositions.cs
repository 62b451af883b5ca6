using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Finance;

/// <summary>The advance on a day: what moved, what is left, and what it should be.</summary>
internal static class FundPositions
{
    public static Outcome<T> NoAdvance<T>() => new Outcome<T>.Refused(
        "NO_ADVANCE_AGREED",
        new("Both sides have not validated the terms of an advance that hold on this day.", "Les deux parties n'ont pas validé les conditions d'une avance pour ce jour."));

    public static async Task<Outcome<FundPosition>> FindAsync(TenantSession session, SharedDelegation delegation, DateOnly day, CancellationToken cancellationToken)
    {
        var held = await session.ListHoldingAsync(FinancialKinds.Terms, delegation, day, day, cancellationToken);
        if (held.FirstOrDefault(version => version.ReadFinancial().Advance is not null) is not { } version)
            return NoAdvance<FundPosition>();

        var terms = version.ReadFinancial().Advance;
        var (first, last) = AdvanceRule.Window(terms, day);
        var sums = await session.SumFundsAsync(delegation, day, first, last, cancellationToken);

        // Months that are not reported would count as months without benefits.
        var isEstimated = sums.MonthsInWindow == terms.WindowMonths;
        var wanted = isEstimated ? AdvanceRule.Estimate(terms, sums.PaidInWindow, last.DayNumber - first.DayNumber + 1) : terms.Initial.MinorUnits;
        return new Outcome<FundPosition>.Accepted(new FundPosition
        {
            Day = DayField.Write(day),
            Terms = version.ToFinancial(),
            Advance = Euros.Of(sums.Advance),
            Unreimbursed = Euros.Of(sums.Unreimbursed),
            Balance = Euros.Of(sums.Advance - sums.Unreimbursed),
            ReportedMonths = sums.MonthsInWindow,
            Estimate = Euros.Of(wanted),
            Estimated = isEstimated,
            Adjustment = Euros.Of(AdvanceRule.Adjustment(terms, sums.Advance, wanted)),
        });
    }
}
