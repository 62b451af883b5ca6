using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Scope;

/// <summary>Two versions of a scope, to be compared.</summary>
internal sealed record ComparedVersions(ScopeVersionRow Former, ScopeVersionRow Latter)
{
    /// <summary>The versions that both sides validated at conclusion and at scoping, each the latest of its occasion.</summary>
    public static async Task<Outcome<ComparedVersions>> FindAsync(TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken)
    {
        var validated = await session.FindLatestValidatedAsync(delegation, cancellationToken);
        var conclusion = validated.FirstOrDefault(version => version.Occasion == ScopeOccasion.Conclusion.Stored());
        var scoping = validated.FirstOrDefault(version => version.Occasion == ScopeOccasion.Scoping.Stored());

        return conclusion is not null && scoping is not null
            ? new Outcome<ComparedVersions>.Accepted(new(conclusion, scoping))
            : NotValidatedTwice(conclusion, scoping);
    }

    /// <summary>How they differ.</summary>
    public ScopeComparison Compare(TradeList trade)
    {
        var latter = Latter.ReadLines();
        return new ScopeComparison
        {
            FormerVersionId = Former.Id.ToString(),
            LatterVersionId = Latter.Id.ToString(),
            Differences = { ScopeComparing.Compare(Former.ReadLines(), latter, trade) },
            UndecidedLines = { ScopeLines.Undecided(latter) },
        };
    }

    private static Outcome<ComparedVersions> NotValidatedTwice(ScopeVersionRow? conclusion, ScopeVersionRow? scoping)
    {
        var missing = new List<UnmetCondition>();
        if (conclusion is null)
            missing.Add(new("CONCLUSION_MISSING", "SCOPE_OCCASION_CONCLUSION", new(
                "Both sides have not validated a scope at conclusion.", "Les deux parties n'ont pas validé de périmètre à la conclusion.")));

        if (scoping is null)
            missing.Add(new("SCOPING_MISSING", "SCOPE_OCCASION_SCOPING", new(
                "Both sides have not validated a scope at scoping.", "Les deux parties n'ont pas validé de périmètre en cadrage.")));

        return new Outcome<ComparedVersions>.Refused(
            "SCOPE_NOT_VALIDATED_TWICE",
            new("A scope is validated at conclusion and again at scoping; then the two are compared.",
                "Un périmètre est validé à la conclusion puis de nouveau en cadrage ; les deux sont alors comparés."),
            missing);
    }
}
