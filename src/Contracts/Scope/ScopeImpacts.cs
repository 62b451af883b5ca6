using Delegation.Contracts.V1;

namespace Delegation.Contracts.Scope;

/// <summary>What moves with whoever does the lines of a scope.</summary>
internal static class ScopeImpacts
{
    /// <param name="version">The version.</param>
    /// <param name="trade">Says which indicators an activity moves, today and not when the version was written.</param>
    /// <param name="indicators">The indicators of the trade.</param>
    public static ScopeImpact Of(ScopeVersionRow version, TradeList trade, IReadOnlyList<Indicator> indicators)
    {
        var lines = version.ReadLines();
        var known = indicators.ToDictionary(indicator => indicator.Code);
        var impacts = lines.Select(line => Of(line, trade, known)).ToArray();
        var named = impacts.SelectMany(impact => impact.IndicatorCodes).ToHashSet();
        return new ScopeImpact
        {
            ScopeVersionId = version.Id.ToString(),
            Lines = { impacts },
            Indicators = { indicators.Where(indicator => named.Contains(indicator.Code)) },
            UndecidedLines = { ScopeLines.Undecided(lines) },
        };
    }

    private static LineImpact Of(ScopeLine line, TradeList trade, Dictionary<string, Indicator> indicators)
    {
        var moved = (trade.Find(line.ActivityCode)?.Indicators ?? line.Indicators).Where(indicators.ContainsKey).ToArray();
        return new LineImpact
        {
            ActivityCode = line.ActivityCode,
            Responsible = { line.ToBeDecided ? [] : line.Assignments.Where(assignment => assignment.Roles.Contains(RaciRole.Responsible)) },
            ToBeDecided = line.ToBeDecided,
            IndicatorCodes = { moved },
            Reports = { moved.SelectMany(code => indicators[code].Reports).Distinct().Order() },
        };
    }
}
