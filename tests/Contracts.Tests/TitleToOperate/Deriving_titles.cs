using Delegation.Contracts.TitleToOperate;
using Delegation.Contracts.V1;
using FsCheck;
using FsCheck.Fluent;
using Kind = Delegation.Contracts.V1.Title.Types.Kind;

namespace Delegation.Contracts.Tests.TitleToOperate;

/// <summary>The title to operate as a function of facts: signatures, amended dates, terminations and successions, known at any time.</summary>
public sealed class Deriving_titles
{
    private static readonly DateOnly FirstDay = new(2026, 1, 1);
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Activities = ["PRE", "RAT", "COT"];

    private static readonly Arbitrary<Story> Any = (
        from facts in Gen.Sized(size => AnyFact.ListOf(Math.Min(size / 4, 12)))
        select new Story([.. facts.OrderBy(fact => fact.KnownTime)])).ToArbitrary();

    private static Gen<TitleFact> AnyFact =>
        from title in Gen.Choose(0, 4)
        from start in Gen.Choose(0, 20)
        from length in Gen.Choose(-3, 15)
        from end in Gen.Elements(Enum.GetValues<TitleEnd>())
        from known in Gen.Choose(0, 20)
        from delegated in Gen.Elements(true, false)
        from open in Gen.Elements(true, false)
        select new TitleFact(
            Guid.Parse($"00000000-0000-7000-8000-00000000000{title}"),
            title switch { 0 => Kind.Contract, 4 => Kind.Survival, _ => Kind.LetterOfEngagement },
            Start.AddDays(title),
            FirstDay.AddDays(start),
            FirstDay.AddDays(start + length),
            end,
            new string('a', 64),
            [Line("PRE", delegated, open), Line("RAT", delegated, !open)],
            Start.AddDays(known));

    /// <summary>On every day and line, as known at every instant: a title that covers it, or a breach with a name.</summary>
    [Fact]
    public void There_is_exactly_one_title_or_one_named_breach() => Prop.ForAll(Any, story => Questions().All(question =>
    {
        var (title, breach) = TitleDerivation.Derive(story.Facts, question.Day, question.Line, question.Known);
        return title is null
            ? breach != TitleBreach.Unspecified && Enum.IsDefined(breach)
            : breach == TitleBreach.Unspecified && title.Covers(question.Day) && title.KnownTime <= question.Known
                && (question.Line is null || title.Lines.Any(line => line.ActivityCode == question.Line.Activity && line.Delegated));
    })).QuickCheckThrowOnFailure();

    /// <summary>Whatever becomes known later: what was answered for an instant stays.</summary>
    [Fact]
    public void What_was_answered_for_an_instant_never_changes() => Prop.ForAll(Any, story => Questions().All(question =>
    {
        var then = story.Facts.Where(fact => fact.KnownTime <= question.Known).ToArray();
        return TitleDerivation.Derive(then, question.Day, question.Line, question.Known) == TitleDerivation.Derive(story.Facts, question.Day, question.Line, question.Known)
            && TitleDerivation.Revision(then, question.Known) == TitleDerivation.Revision(story.Facts, question.Known);
    })).QuickCheckThrowOnFailure();

    /// <summary>The same by a slow and obvious calculation: of the titles that cover the day, none ranks before the one that prevails.</summary>
    [Fact]
    public void The_contract_prevails_over_letters_and_of_letters_the_one_signed_last() => Prop.ForAll(Any, story => Questions().Where(question => question.Line is null).All(question =>
    {
        var (title, _) = TitleDerivation.Derive(story.Facts, question.Day, null, question.Known);
        var covering = new List<TitleFact>();
        foreach (var id in story.Facts.Select(fact => fact.TitleId).Distinct())
        {
            var known = story.Facts.Where(fact => fact.TitleId == id && fact.KnownTime <= question.Known).ToArray();
            if (known.Length > 0 && known[^1].Covers(question.Day))
                covering.Add(known[^1]);
        }

        return title is null ? covering.Count == 0 : covering.All(other => other == title
            || (title.Kind, other.Kind) is (Kind.Contract, not Kind.Contract) or (Kind.LetterOfEngagement, Kind.Survival)
            || (title.Kind == other.Kind && title.GrantTime > other.GrantTime));
    })).QuickCheckThrowOnFailure();

    [Fact]
    public void Each_breach_has_its_name()
    {
        var signed = new TitleFact(Guid.NewGuid(), Kind.LetterOfEngagement, Start, FirstDay.AddDays(10), FirstDay.AddDays(20), TitleEnd.Agreed, "", [Line("PRE", true, false), Line("RAT", false, true)], Start);
        var terminated = signed with { LastDay = FirstDay.AddDays(15), End = TitleEnd.Terminated, KnownTime = Start.AddDays(1) };

        Assert.Equal(TitleBreach.NoTitle, Breach([], 0));
        Assert.Equal(TitleBreach.NoTitle, Breach([signed], 12, knownDay: -1));
        Assert.Equal(TitleBreach.NotYetEffective, Breach([signed], 9));
        Assert.Equal(TitleBreach.Unspecified, Breach([signed], 20));
        Assert.Equal(TitleBreach.LetterExpired, Breach([signed], 21));
        Assert.Equal(TitleBreach.LetterTerminated, Breach([signed, terminated], 16));
        Assert.Equal(TitleBreach.Unspecified, Breach([signed, terminated], 16, knownDay: 0));
        Assert.Equal(TitleBreach.Unspecified, Breach([signed], 12, "PRE"));
        Assert.Equal(TitleBreach.LineToBeDecided, Breach([signed], 12, "RAT"));
        Assert.Equal(TitleBreach.ScopeNotCovered, Breach([signed], 12, "COT"));
        Assert.Equal(TitleBreach.ScopeNotCovered, TitleDerivation.Derive([signed], FirstDay.AddDays(12), new AskedLine("PRE", ["BASE", "OPTION"], ["CADRES"]), Start).Breach);
    }

    private static TitleBreach Breach(TitleFact[] facts, int day, string? activity = null, int knownDay = 5) => TitleDerivation.Derive(
        facts, FirstDay.AddDays(day), activity is null ? null : new AskedLine(activity, ["BASE"], ["CADRES"]), Start.AddDays(knownDay)).Breach;

    private static IEnumerable<(DateOnly Day, AskedLine? Line, DateTime Known)> Questions() =>
        from day in Enumerable.Range(-1, 38)
        from known in new[] { -1, 0, 5, 12, 20, 30 }
        from line in Activities.Select(activity => new AskedLine(activity, ["BASE"], ["CADRES"])).Append(null)
        select (FirstDay.AddDays(day), line, Start.AddDays(known));

    private static ScopeLine Line(string activity, bool delegated, bool toBeDecided) => new()
    {
        ActivityCode = activity, ProductCodes = { "BASE" }, PopulationCodes = { "CADRES" }, Delegated = delegated && !toBeDecided, ToBeDecided = toBeDecided,
    };

    private sealed record Story(IReadOnlyList<TitleFact> Facts)
    {
        public override string ToString() => string.Join('\n', Facts);
    }
}
