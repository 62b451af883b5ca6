using Delegation.Contracts.Delegations;
using Delegation.Contracts.Regulation;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Basis = Delegation.Contracts.V1.YearlyReportTerms.Types.Basis;

namespace Delegation.Contracts.YearlyReports;

/// <summary>Why there is a report.</summary>
internal static class ReportBasis
{
    /// <summary>
    /// Mutual code, art. L116-3 (field-facts §1.5, text read): the delegate of a mutual's collective contracts reports each year to its board. It is the regime
    /// of the regulatory file that says whether that is so. For all others the two may agree on a report.
    /// </summary>
    public static async Task<Basis> FindAsync(TenantSession session, SharedDelegation delegation, YearlyReportTermsRow? terms, CancellationToken cancellationToken)
    {
        var regimes = (await session.FindQuestionnaireAsync(delegation, cancellationToken)).Flags(await session.FindInsurerKindAsync(delegation, cancellationToken)).Applying();
        return Of(regimes, terms?.Agreement ?? "");
    }

    public static Basis Of(IReadOnlySet<Regime> regimes, string agreement) =>
        regimes.Contains(Regime.MutualDelegation) ? Basis.MutualCode
        : agreement.Length > 0 ? Basis.Agreed
        : Basis.Unspecified;
}
