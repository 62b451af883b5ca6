using Delegation.Contracts.TitleToOperate;
using Delegation.Contracts.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Contracts.Tests.TitleToOperate;

/// <summary>
/// Random lives of a delegation: letters and contracts are signed, amended, replaced, renewed and ended, some with effect in the past. On each
/// day, as known after each act, the derived title is that of a calendar filled in day by day.
/// </summary>
public sealed class Titles_over_any_life
{
    [Fact]
    public void Every_day_has_exactly_one_title_or_one_named_breach_as_a_calendar_says() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Life.Any, life => Moments(life).All(known => AgreesWithCalendar(life, known))));

    [Fact]
    public void What_was_known_never_changes() => Prop.ForAll(Life.Any, life => Moments(life).All(known =>
    {
        var then = life.Facts.Where(fact => fact.KnownTime <= known).ToArray();
        return Days().Where(day => day.Day == 1).All(day => TitleDerivation.Derive(then, day, null, known) == TitleDerivation.Derive(life.Facts, day, null, known));
    })).QuickCheckThrowOnFailure();

    /// <summary>The generator reaches what the property is about.</summary>
    [Fact]
    public void Lives_have_contracts_letters_amendments_notices_agreed_ends_and_run_off()
    {
        var lives = Life.Any.Generator.Sample(100, 200).ToArray();

        Assert.Equal(7, lives.SelectMany(life => life.Happenings).Select(happening => happening.GetType()).Distinct().Count());
        Assert.Contains(lives, life => life.Facts.Any(fact => fact.Kind == Title.Types.Kind.Survival && fact.LastDay > fact.EffectiveDay));
        Assert.True(lives.Count(life => life.Happenings.Count > 3) > 40);
    }

    private static bool AgreesWithCalendar(Life life, DateTime known)
    {
        var calendar = new DayByDay(life.Happenings.Where(happening => happening.Time.UtcDateTime <= known));
        foreach (var day in Days())
        {
            var (title, breach) = TitleDerivation.Derive(life.Facts, day, null, known);
            if (calendar.On(day) is { } expected)
                Assert.Equal((day, (expected.Kind, expected.Id, expected.Amendment)), (day, (title?.Kind ?? default, title?.TitleId ?? default, title?.AmendmentId)));
            else
                Assert.True(title is null && calendar.IsPlausible(day, breach), $"{day:O}: {title}, {breach}, known {known:O}");
        }

        return true;
    }

    private static IEnumerable<DateTime> Moments(Life life) =>
        life.Happenings.Select(happening => happening.Time.UtcDateTime).Prepend(Life.Start.ToDateTime(default)).Distinct();

    private static IEnumerable<DateOnly> Days()
    {
        for (var day = DayByDay.First; day < Life.Start.AddDays(600); day = day.AddDays(1))
            yield return day;
    }
}
