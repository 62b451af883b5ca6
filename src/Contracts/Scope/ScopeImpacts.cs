using Delegation.Contracts.V1;

namespace Delegation.Contracts.Scope;

/// <summary>What moves with whoever does the lines of a scope.</summary>
internal static class ScopeImpacts
{
    /// <param name="version">The version.</param>
    /// <param name="trade">Says which indicators an activity moves, today and not when the version was written.</param>
    /// <param name="indicators">The indicators of the trade.</param>
    /// <param name="commitments">Those that hold from the effective day of the version on, and those that are proposed.</param>
    public static ScopeImpact Of(ScopeVersionRow version, TradeList trade, IReadOnlyList<Indicator> indicators, IReadOnlyList<CommitmentVersion> commitments)
    {
        var lines = version.ReadLines();
        var known = indicators.ToDictionary(indicator => indicator.Code);
        var impacts = lines.Select(line => Of(line, trade, known, commitments)).ToArray();
        var named = impacts.SelectMany(impact => impact.IndicatorCodes).ToHashSet();
        return new ScopeImpact
        {
            ScopeVersionId = version.Id.ToString(),
            Lines = { impacts },
            Indicators = { indicators.Where(indicator => named.Contains(indicator.Code)) },
            UndecidedLines = { ScopeLines.Undecided(lines) },
        };
    }

    private static LineImpact Of(ScopeLine line, TradeList trade, Dictionary<string, Indicator> indicators, IReadOnlyList<CommitmentVersion> commitments)
    {
        var moved = (trade.Find(line.ActivityCode)?.Indicators ?? line.Indicators).Where(indicators.ContainsKey).ToArray();
        return new LineImpact
        {
            ActivityCode = line.ActivityCode,
            Responsible = { line.ToBeDecided ? [] : line.Assignments.Where(assignment => assignment.Roles.Contains(RaciRole.Responsible)) },
            ToBeDecided = line.ToBeDecided,
            IndicatorCodes = { moved },
            Reports = { moved.SelectMany(code => indicators[code].Reports).Distinct().Order() },
            Commitments = { commitments.Where(commitment => moved.Contains(commitment.Terms.IndicatorCode) && IsAbout(commitment.Terms, line)).Select(Moved) },
        };
    }

    private static bool IsAbout(CommitmentTerms terms, ScopeLine line) =>
        (terms.ProductCodes.Count == 0 || terms.ProductCodes.Intersect(line.ProductCodes).Any())
        && (terms.PopulationCodes.Count == 0 || terms.PopulationCodes.Intersect(line.PopulationCodes).Any());

    private static MovedCommitment Moved(CommitmentVersion version) => new()
    {
        CommitmentId = version.CommitmentId,
        CommitmentVersionId = version.Id,
        Title = version.Terms.Title,
        IndicatorCode = version.Terms.IndicatorCode,
    };
}
