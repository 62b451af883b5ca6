using Delegation.Contracts.Clauses;
using Delegation.Contracts.Regulation;
using Delegation.Contracts.V1;

namespace Delegation.Contracts.Tests.Regulation;

/// <summary>A critical delegation under all regimes on a day, and what covers it.</summary>
internal static class Covering
{
    public static readonly DateOnly Day = new(2026, 11, 22);

    public static readonly IReadOnlySet<Regime> AllRegimes = Enum.GetValues<Regime>().Where(regime => regime != Regime.Unspecified).ToHashSet();

    /// <summary>The clauses of the standard contract.</summary>
    public static IReadOnlyList<PresentClause> Standard => [.. ClauseLibrary.Own.Latest.Standard.Select(clause => new PresentClause(clause.Code, clause.RequirementIds))];

    /// <summary>All that only evidence can prove, one piece each.</summary>
    public static IReadOnlyList<Evidence> AllEvidence => [.. RequirementCatalogue.All.Where(CoverageRule.TakesEvidence).Select(requirement => Proof(requirement.Id))];

    public static Evidence Proof(string requirementId, string start = "2026-01-01", string end = "") => new()
    {
        Id = $"proof of {requirementId}",
        Kind = RequirementCatalogue.Find(requirementId)!.EvidenceKind,
        RequirementIds = { requirementId },
        StartDay = start,
        EndDay = end,
    };

    public static IReadOnlyList<RequirementCoverage> Of(
        IReadOnlyList<PresentClause>? clauses = null,
        IReadOnlyList<Evidence>? evidence = null,
        IReadOnlyList<RequirementException>? exceptions = null,
        IReadOnlySet<Regime>? regimes = null,
        bool answered = true,
        DateOnly? day = null) =>
        CoverageRule.Of(regimes ?? AllRegimes, clauses ?? Standard, evidence ?? AllEvidence, exceptions ?? [], answered, day ?? Day);

    public static RequirementCoverage Of(this IEnumerable<RequirementCoverage> coverage, string requirementId) =>
        coverage.Single(item => item.Requirement.Id == requirementId);

    public static IReadOnlyList<string> Missing(this IEnumerable<RequirementCoverage> coverage) =>
        [.. coverage.Where(item => item.Status == RequirementCoverage.Types.Status.Missing).Select(item => item.Requirement.Id).Order(StringComparer.Ordinal)];
}
