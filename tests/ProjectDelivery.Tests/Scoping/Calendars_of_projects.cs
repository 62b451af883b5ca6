using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Committees;
using Delegation.ProjectDelivery.Tests.Phases;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Google.Protobuf.WellKnownTypes;
using static Delegation.ProjectDelivery.Tests.Preparing;
using static Delegation.ProjectDelivery.Tests.Scoping.PreparingCalendars;
using CriterionState = Delegation.Delivery.V1.GateCriterion.Types.State;

namespace Delegation.ProjectDelivery.Tests.Scoping;

public sealed class Calendars_of_projects(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task What_comes_after_a_milestone_moves_with_it_and_the_days_agreed_on_are_kept()
    {
        var (two, calendar) = await host.Scene.CalendarAsync();
        calendar = await Calendars(host.Scene, two.Delegate).SetMilestoneDependenciesAsync(After(calendar, 1, 0, 5), deadline: Deadline);
        calendar = await Calendars(host.Scene, two.Insurer).SetMilestoneDependenciesAsync(After(calendar, 2, 1, 10), deadline: Deadline);
        Assert.Equal(["2026-03-16", "2026-04-16", "2026-05-18"], calendar.Milestones.Select(milestone => milestone.DueDay));
        calendar = await host.Scene.AgreeAsync(two, calendar);
        Assert.Equal((1, true), (calendar.Version, calendar.Agreed));

        await host.Scene.MoveAsync(two.Delegate, calendar, 0, "2026-05-11");
        var moved = await host.Scene.ReadCalendarAsync(two.Insurer, calendar.ProjectId);

        // Five working days later, the fourteenth of May being a holiday; then ten, with the twenty-fifth of May between.
        Assert.Equal(["2026-05-11", "2026-05-19", "2026-06-03"], moved.Milestones.Select(milestone => milestone.DueDay));
        Assert.Equal(["2026-03-16", "2026-04-16", "2026-05-18"], moved.Milestones.Select(milestone => milestone.BaselineDay));
        Assert.Equal([56, 33, 16], moved.Milestones.Select(milestone => milestone.SlipDays));
        Assert.False(moved.Agreed);
        Assert.Null(moved.InsurerConsentTime);
    }

    [PostgresFact]
    public async Task A_milestone_that_would_be_too_early_moves_to_the_first_day_that_fits()
    {
        var (two, calendar) = await host.Scene.CalendarAsync();

        var changed = await Calendars(host.Scene, two.Insurer).SetMilestoneDependenciesAsync(After(calendar, 0, 2, 0), deadline: Deadline);

        Assert.Equal("2026-05-18", changed.Milestones.Single(milestone => milestone.GoalId == calendar.Milestones[0].GoalId).DueDay);
    }

    [PostgresFact]
    public async Task Both_sides_agree_on_the_calendar_as_it_is_and_a_change_takes_the_first_consent_back()
    {
        var (two, calendar) = await host.Scene.CalendarAsync();
        var request = new ValidateProjectCalendarRequest { ProjectId = calendar.ProjectId, Etag = calendar.Etag };
        var first = await Calendars(host.Scene, two.Insurer).ValidateProjectCalendarAsync(request, deadline: Deadline);
        var own = await Refusals.ThrownBy(Calendars(host.Scene, two.Insurer).ValidateProjectCalendarAsync(request, deadline: Deadline));
        await host.Scene.MoveAsync(two.Delegate, calendar, 2, "2026-06-15");

        var stale = await Refusals.ThrownBy(Calendars(host.Scene, two.Delegate).ValidateProjectCalendarAsync(request, deadline: Deadline));
        request.Etag = (await host.Scene.ReadCalendarAsync(two.Delegate, calendar.ProjectId)).Etag;
        var other = await Calendars(host.Scene, two.Delegate).ValidateProjectCalendarAsync(request, deadline: Deadline);

        Assert.Equal(["CALENDAR_ALREADY_VALIDATED", "ETAG_STALE"], new[] { own, stale }.Select(refusal => refusal.Reason()));
        Assert.Equal((0, false, false), (first.Version, first.Agreed, other.Agreed));
        Assert.Null(other.InsurerConsentTime);
        Assert.NotNull(other.DelegateConsentTime);
    }

    [PostgresFact]
    public async Task What_a_milestone_cannot_come_after_is_refused_by_name()
    {
        var (two, calendar) = await host.Scene.CalendarAsync();
        calendar = await Calendars(host.Scene, two.Delegate).SetMilestoneDependenciesAsync(After(calendar, 1, 0, 5), deadline: Deadline);
        var wrong = After(calendar, 0, 1, 251);
        wrong.After.Add(new MilestoneDependency { GoalId = Guid.NewGuid().ToString() });
        wrong.After.Add(wrong.After[1].Clone());

        var shape = await Refusals.ThrownBy(Calendars(host.Scene, two.Delegate).SetMilestoneDependenciesAsync(wrong, deadline: Deadline));
        wrong.After.RemoveAt(2);
        wrong.After[0].LagDays = 0;
        var sense = await Refusals.ThrownBy(Calendars(host.Scene, two.Delegate).SetMilestoneDependenciesAsync(wrong, deadline: Deadline));

        Assert.Equal([("after[0].lag_days", "LAG_OUT_OF_RANGE"), ("after[2].goal_id", "DEPENDENCY_TWICE")], shape.Violations());
        Assert.Equal([("after[0].goal_id", "DEPENDENCY_CYCLE"), ("after[1].goal_id", "DEPENDENCY_UNKNOWN")], sense.Violations());
    }

    [PostgresFact]
    public async Task Late_milestones_and_deliverables_stand_on_the_agenda_of_the_next_committee()
    {
        var (two, project) = await host.Scene.ScopedAsync();
        var late = Milestone(project);
        late.DueDay = "2026-03-03";
        await new Goals.GoalsClient(host.Scene.As(two.Insurer)).CreateGoalAsync(late, deadline: Deadline);
        var deliverable = PreparingScoping.Whole(await host.Scene.DeliverableAsync(two.Insurer, project));
        deliverable.DueDay = "2026-03-03";
        await PreparingScoping.Items(host.Scene, two.Delegate).UpdateDeliverableAsync(deliverable, deadline: Deadline);
        var committee = await PreparingCommittees.CommitteesAs(host.Scene, two.Insurer).CreateCommitteeAsync(PreparingCommittees.NewCommittee(two.DelegationId), deadline: Deadline);
        var plan = PreparingCommittees.NewMeeting(committee.Id);
        plan.StartTime = Timestamp.FromDateTime(DateTime.UtcNow.AddDays(2));
        var meeting = await PreparingCommittees.Meetings(host.Scene, two.Insurer).PlanMeetingAsync(plan, deadline: Deadline);

        var agenda = await PreparingCommittees.Meetings(host.Scene, two.Delegate).GetMeetingAsync(new GetMeetingRequest { MeetingId = meeting.Id }, deadline: Deadline);

        var progress = agenda.Agenda.Single(point => point.Kind == AgendaPoint.Types.Kind.Progress).Items;
        Assert.Contains(progress, item => item.ObjectType == "goal" && item.Title == late.Title);
        Assert.Contains(progress, item => item.ObjectType == "deliverable" && item.ObjectId == deliverable.DeliverableId);
    }

    [PostgresFact]
    public async Task The_gate_out_of_the_scoping_asks_for_answers_decisions_calendar_and_deliverables()
    {
        var (two, project) = await host.Scene.ScopedAsync();
        Assert.Equal(
            [("FIVE_QUESTIONS_ANSWERED", CriterionState.Met), ("NEEDS_DECIDED", CriterionState.Unmet), ("CALENDAR_AGREED", CriterionState.Unmet), ("DELIVERABLES_VALIDATED", CriterionState.Unmet)],
            await OwnAsync(two, project));

        var workshop = await PreparingWorkshops.Workshops(host.Scene, two.Insurer).PlanWorkshopAsync(host.Scene.NewWorkshop(project.Id, two.Insurer), deadline: Deadline);
        workshop = await PreparingWorkshops.Workshops(host.Scene, two.Delegate).SetWorkshopParticipantsAsync(host.Scene.Participants(workshop, two.Delegate), deadline: Deadline);
        var need = await PreparingWorkshops.Needs(host.Scene, two.Delegate).RaiseNeedAsync(PreparingWorkshops.NewNeed(workshop), deadline: Deadline);
        await PreparingWorkshops.Workshops(host.Scene, two.Delegate).RecordWorkshopAsync(PreparingWorkshops.Record(workshop), deadline: Deadline);
        Assert.Contains(("NEEDS_DECIDED", CriterionState.Unmet), await OwnAsync(two, project));

        need = await PreparingWorkshops.Needs(host.Scene, two.Delegate).DecideNeedAsync(PreparingWorkshops.Decide(need, PreparingWorkshops.Refuse), deadline: Deadline);
        await PreparingWorkshops.Needs(host.Scene, two.Insurer).ConfirmNeedDecisionAsync(PreparingWorkshops.Confirm(need), deadline: Deadline);
        await host.Scene.AgreeAsync(two, await host.Scene.ReadCalendarAsync(two.Insurer, project.Id));
        foreach (var item in (await PreparingScoping.Items(host.Scene, two.Insurer).ListDeliverablesAsync(new ListDeliverablesRequest { ProjectId = project.Id }, deadline: Deadline)).Deliverables)
            foreach (var actor in new[] { two.Insurer, two.Delegate })
                await PreparingScoping.Items(host.Scene, actor).ValidateDeliverableAsync(
                    new ValidateDeliverableRequest { ProjectId = project.Id, DeliverableId = item.Id, Etag = item.Etag }, deadline: Deadline);

        Assert.All(await OwnAsync(two, project), criterion => Assert.Equal(CriterionState.Met, criterion.State));
    }

    private async Task<IReadOnlyList<(string Code, CriterionState State)>> OwnAsync(TwoParties two, Project project) =>
        [.. (await host.Scene.GateAsync(two.Insurer, project.Id, ProjectGate.ToSetUp)).Criteria.Skip(2).Select(criterion => (criterion.Code, criterion.State))];
}
