using Delegation.Contracts.Commitments;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace Delegation.Contracts.Tests.Commitments;

/// <summary>A period that an amendment, a neutralisation or an observation cuts, without a database.</summary>
public sealed class Periods_in_parts
{
    private static readonly DateOnly January = new(2026, 1, 1);
    private static readonly DateOnly EndOfJanuary = new(2026, 1, 31);

    [Fact]
    public void An_amendment_in_the_middle_makes_two_parts_each_by_its_own_version()
    {
        var (first, second) = (Version(0, null, supersededOn: 14), Version(14, null));

        var parts = PeriodParts.Split(January, EndOfJanuary, [second, first], []);

        Assert.Equal([(14, first.Id), (17, second.Id)], parts.Select(part => (part.Days, part.Version!.Id)));
    }

    [Fact]
    public void Days_without_a_version_neutralised_days_and_observed_days_do_not_count_for_penalties()
    {
        var version = Version(5, 25, observedUntil: 9);
        var neutralised = Version(20, 22, kind: "neutralisation");

        var parts = PeriodParts.Split(January, EndOfJanuary, [version], [neutralised]);

        Assert.Equal([(5, false), (5, false), (10, true), (3, false), (3, true), (5, false)], parts.Select(part => (part.Days, part.Counts)));
        Assert.Equal([null, version.Id, version.Id, version.Id, version.Id, null], parts.Select(part => part.Version?.Id));
        Assert.Equal(neutralised.Id, parts[3].NeutralisationId);
        Assert.True(parts[1].Observed);
    }

    [Fact]
    public void A_cut_at_which_nothing_changes_makes_no_part()
    {
        var (whole, within) = (Version(-10, 60, kind: "neutralisation"), Version(10, 12, kind: "neutralisation"));

        Assert.Single(PeriodParts.Split(January, EndOfJanuary, [Version(-20, null)], [whole, within]));
    }

    /// <summary>Whatever holds and whatever is neutralised: the parts are the whole, in order, and on each day they say what holds.</summary>
    [Fact]
    public void The_parts_make_up_the_whole_period_and_say_of_each_day_what_holds() => Prop.ForAll(Worlds, world =>
    {
        var parts = PeriodParts.Split(January, EndOfJanuary, world.Versions, world.Neutralised);
        var days = parts.SelectMany(part => Enumerable.Range(0, part.Days).Select(offset => (Day: part.Start.AddDays(offset), Part: part))).ToArray();

        return days.Select(entry => entry.Day).SequenceEqual(Enumerable.Range(0, 31).Select(January.AddDays))
            && days.All(entry => entry.Part.Version?.Id == world.Versions.FirstOrDefault(version => version.Holds(entry.Day))?.Id
                && entry.Part.NeutralisationId == world.Neutralised.FirstOrDefault(version => version.Holds(entry.Day))?.Id);
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<(JointVersionRow[] Versions, JointVersionRow[] Neutralised)> Worlds { get; } = (
        from starts in Gen.Choose(-10, 40).ArrayOf()
        from hasEnd in Gen.Elements(true, false)
        from periods in (from start in Gen.Choose(-5, 35) from length in Gen.Choose(0, 9) select (start, length)).ArrayOf()
        let ordered = starts.Distinct().Order().ToArray()
        select (
            ordered.Select((start, place) => Version(start, hasEnd ? start + 12 : null, place + 1 < ordered.Length ? ordered[place + 1] : null)).ToArray(),
            periods.Select(period => Version(period.start, period.start + period.length, kind: "neutralisation")).ToArray())).ToArbitrary();

    // Days count from the first of January.
    private static JointVersionRow Version(int start, int? last, int? supersededOn = null, int? observedUntil = null, string kind = "commitment") => new()
    {
        OwnerId = default,
        DelegationId = default,
        DelegateId = default,
        Id = Guid.NewGuid(),
        Kind = kind,
        SubjectId = default,
        Number = 1,
        State = supersededOn is null ? "validated" : "superseded",
        EffectiveDay = January.AddDays(start),
        LastDay = last is { } day ? January.AddDays(day) : null,
        SupersededOnDay = supersededOn is { } other ? January.AddDays(other) : null,
        Terms = JsonFormatter.Default.Format(new CommitmentTerms { ObservationLastDay = observedUntil is { } until ? $"{January.AddDays(until):yyyy-MM-dd}" : "" }),
        ProposedBy = "insurer",
        CreateTime = default,
        ContentRevision = 1,
        Revision = 1,
    };
}
