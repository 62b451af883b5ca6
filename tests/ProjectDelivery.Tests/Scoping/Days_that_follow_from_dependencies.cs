using Delegation.ProjectDelivery.Scoping.Calendars;
using Delegation.ServiceDefaults.Calendar;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.ProjectDelivery.Tests.Scoping;

/// <summary>The pure rule, over random milestones and dependencies without a cycle.</summary>
public sealed class Days_that_follow_from_dependencies
{
    private static readonly DateOnly Monday = new(2026, 3, 2);
    private static readonly Guid[] Ids = [.. Enumerable.Range(0, 8).Select(_ => Guid.NewGuid())];

    [Fact]
    public void Each_milestone_comes_late_enough_none_earlier_than_before_and_none_later_than_it_must() => Prop.ForAll(Plans().ToArbitrary(), drawn =>
    {
        var (milestones, dependencies) = drawn;
        var moved = MilestonePlan.Moved(milestones, dependencies, milestone => milestone.State == "reached");
        var after = milestones.ToDictionary(milestone => milestone.Id, milestone => moved.GetValueOrDefault(milestone.Id, milestone.DueDay));
        var again = MilestonePlan.Moved([.. milestones.Select(milestone => milestone with { DueDay = after[milestone.Id] })], dependencies, milestone => milestone.State == "reached");
        return again.Count == 0 && milestones.All(milestone =>
        {
            var earliest = dependencies.Where(dependency => dependency.GoalId == milestone.Id)
                .Select(dependency => dependency.LagDays == 0 ? after[dependency.AfterGoalId] : BusinessCalendar.Ouvres.Add(after[dependency.AfterGoalId], dependency.LagDays))
                .Append(milestone.DueDay).Max();
            return after[milestone.Id] == (milestone.State == "reached" ? milestone.DueDay : earliest);
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_goes_back_to_a_milestone_by_way_of_others_is_a_cycle() => Prop.ForAll(Plans().ToArbitrary(), drawn =>
    {
        // Drawn dependencies lead to milestones before; one from the first to the last closes a cycle exactly where a way leads back.
        var closing = new Dependency(Ids[0], Ids[^1], 0);
        return !MilestonePlan.HasCycle(drawn.Dependencies) && MilestonePlan.HasCycle([.. drawn.Dependencies, closing]) == Leads(drawn.Dependencies, Ids[^1], Ids[0]);
    }).QuickCheckThrowOnFailure();

    private static bool Leads(IReadOnlyCollection<Dependency> dependencies, Guid from, Guid to) =>
        from == to || dependencies.Where(dependency => dependency.GoalId == from).Any(dependency => Leads(dependencies, dependency.AfterGoalId, to));

    private static Gen<(Milestone[] Milestones, Dependency[] Dependencies)> Plans() =>
        from days in Gen.ArrayOf(Gen.Choose(0, 60), Ids.Length)
        from reached in Gen.Choose(0, Ids.Length * 3)
        from links in Gen.ListOf(from later in Gen.Choose(1, Ids.Length - 1)
                                 from earlier in Gen.Choose(0, Ids.Length - 2)
                                 from lag in Gen.Choose(0, 15)
                                 where earlier < later
                                 select new Dependency(Ids[later], Ids[earlier], lag))
        select (
            Ids.Select((id, place) => new Milestone(id, "Jalon", Monday.AddDays(days[place]), place == reached ? "reached" : "open", null)).ToArray(),
            links.DistinctBy(link => (link.GoalId, link.AfterGoalId)).ToArray());
}
