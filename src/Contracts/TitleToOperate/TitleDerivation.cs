using Delegation.Contracts.V1;
using Kind = Delegation.Contracts.V1.Title.Types.Kind;

namespace Delegation.Contracts.TitleToOperate;

/// <summary>A line that is asked about: an activity for some products and populations.</summary>
internal sealed record AskedLine(string Activity, IReadOnlyList<string> Products, IReadOnlyList<string> Populations);

/// <summary>Exactly one of the two.</summary>
internal readonly record struct TitleOrBreach(TitleFact? Title, TitleBreach Breach);

/// <summary>
/// Derives the title to operate: a function of the facts, the day, the line and the instant as of which it is known, and of nothing else.
/// </summary>
internal static class TitleDerivation
{
    // A contract before a letter, a letter before the survival clause.
    private static readonly Kind[] Rank = [Kind.Contract, Kind.LetterOfEngagement, Kind.Survival];

    public static TitleOrBreach Derive(IReadOnlyList<TitleFact> facts, DateOnly day, AskedLine? line, DateTime knownTime)
    {
        var titles = Current(facts, knownTime);
        var prevailing = titles
            .Where(title => title.Covers(day))
            .OrderBy(title => Array.IndexOf(Rank, title.Kind))
            .ThenByDescending(title => title.GrantTime)
            .ThenByDescending(title => title.TitleId)
            .ThenByDescending(title => title.AmendmentId)
            .FirstOrDefault();

        if (prevailing is null)
            return new(null, WhyNone(titles, day));

        return line is null || WhyNot(prevailing, line) is not { } breach ? new(prevailing, TitleBreach.Unspecified) : new(null, breach);
    }

    /// <summary>How many facts were known at an instant: it grows with each and never shrinks.</summary>
    public static long Revision(IReadOnlyList<TitleFact> facts, DateTime knownTime) => facts.Count(fact => fact.KnownTime <= knownTime);

    // Of each act the latest fact that was known; of two at one instant the one written later.
    private static TitleFact[] Current(IReadOnlyList<TitleFact> facts, DateTime knownTime) =>
        [.. facts.Where(fact => fact.KnownTime <= knownTime).GroupBy(fact => fact.Act).Select(ofTitle => ofTitle.Aggregate((last, fact) => fact.KnownTime >= last.KnownTime ? fact : last))];

    // A past title says more than one to come: work that goes on after it is not covered. What was ended before it took effect is neither.
    private static TitleBreach WhyNone(IReadOnlyList<TitleFact> titles, DateOnly day)
    {
        var held = titles.Where(title => title.EffectiveDay <= title.LastDay).ToArray();
        var last = held.Where(title => title.LastDay < day).OrderBy(title => title.LastDay).ThenBy(title => title.GrantTime).LastOrDefault();
        return last switch
        {
            { Kind: Kind.Survival } => TitleBreach.RunOffOver,
            { Kind: Kind.Contract, End: TitleEnd.Terminated } => TitleBreach.ContractTerminated,
            { Kind: Kind.Contract } => TitleBreach.ContractExpired,
            { End: TitleEnd.Terminated } => TitleBreach.LetterTerminated,
            not null => TitleBreach.LetterExpired,
            null => held.Length > 0 ? TitleBreach.NotYetEffective : TitleBreach.NoTitle,
        };
    }

    private static TitleBreach? WhyNot(TitleFact title, AskedLine asked)
    {
        var lines = title.Lines.Where(line => line.ActivityCode == asked.Activity).ToArray();
        TitleBreach? breach = null;
        foreach (var product in asked.Products)
            foreach (var population in asked.Populations)
            {
                var line = lines.FirstOrDefault(line => line.ProductCodes.Contains(product) && line.PopulationCodes.Contains(population));
                if (line is { ToBeDecided: true })
                    breach = TitleBreach.LineToBeDecided;
                else if (line is not { Delegated: true })
                    return TitleBreach.ScopeNotCovered;
            }

        return breach;
    }
}
