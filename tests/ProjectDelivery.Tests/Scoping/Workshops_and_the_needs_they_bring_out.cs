using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using Google.Protobuf.WellKnownTypes;
using static Delegation.ProjectDelivery.Tests.Preparing;
using static Delegation.ProjectDelivery.Tests.Scoping.PreparingWorkshops;
using Becomes = Delegation.Delivery.V1.NeedDecision.Types.Becomes;
using State = Delegation.Delivery.V1.Need.Types.State;

namespace Delegation.ProjectDelivery.Tests.Scoping;

public sealed class Workshops_and_the_needs_they_bring_out(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_workshop_is_held_by_people_of_both_sides_once_it_has_begun()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var workshop = await Workshops(host.Scene, two.Insurer).PlanWorkshopAsync(host.Scene.NewWorkshop(project.Id, two.Insurer), deadline: Deadline);
        var alone = await Refusals.ThrownBy(Workshops(host.Scene, two.Insurer).RecordWorkshopAsync(Record(workshop), deadline: Deadline));
        var foreign = await Refusals.ThrownBy(Workshops(host.Scene, two.Delegate).SetWorkshopParticipantsAsync(host.Scene.Participants(workshop, two.Insurer), deadline: Deadline));
        workshop = await Workshops(host.Scene, two.Delegate).SetWorkshopParticipantsAsync(host.Scene.Participants(workshop, two.Delegate), deadline: Deadline);
        var later = Whole(workshop);
        later.StartTime = Timestamp.FromDateTime(DateTime.UtcNow.AddDays(1));
        workshop = await Workshops(host.Scene, two.Delegate).UpdateWorkshopAsync(later, deadline: Deadline);
        var early = await Refusals.ThrownBy(Workshops(host.Scene, two.Insurer).RecordWorkshopAsync(Record(workshop), deadline: Deadline));
        var back = Whole(workshop);
        back.StartTime = Timestamp.FromDateTime(DateTime.UtcNow.AddDays(-1));
        workshop = await Workshops(host.Scene, two.Delegate).UpdateWorkshopAsync(back, deadline: Deadline);

        var held = await Workshops(host.Scene, two.Insurer).RecordWorkshopAsync(Record(workshop), deadline: Deadline);
        var again = await Refusals.ThrownBy(Workshops(host.Scene, two.Insurer).UpdateWorkshopAsync(Whole(held), deadline: Deadline));

        Assert.Equal(
            ["WORKSHOP_WITHOUT_A_SIDE", "INVALID_FIELDS", "WORKSHOP_NOT_BEGUN", "WORKSHOP_NOT_PLANNED"],
            new[] { alone, foreign, early, again }.Select(refusal => refusal.Reason()));
        Assert.Equal([("person_ids", "PERSON_UNKNOWN")], foreign.Violations());
        Assert.Equal((Workshop.Types.State.Held, 1, 1), (held.State, held.InsurerPersonIds.Count, held.DelegatePersonIds.Count));
    }

    [PostgresTheory]
    [InlineData(Becomes.Deliverable, "deliverable")]
    [InlineData(Becomes.PlanItem, "action")]
    [InlineData(Becomes.ScopeChange, "action")]
    public async Task An_accepted_need_becomes_something_once_the_other_side_confirmed_it(Becomes becomes, string type)
    {
        var (two, need) = await host.Scene.NeedAsync();
        need = await Needs(host.Scene, two.Insurer).DecideNeedAsync(Decide(need, Accept(becomes)), deadline: Deadline);
        var own = await Refusals.ThrownBy(Needs(host.Scene, two.Insurer).ConfirmNeedDecisionAsync(Confirm(need), deadline: Deadline));
        Assert.Equal((State.Raised, "DECISION_OF_YOUR_SIDE"), (need.State, own.Reason()));
        Assert.Empty((await DeliverablesAsync(two, need)).Deliverables);

        var accepted = await Needs(host.Scene, two.Delegate).ConfirmNeedDecisionAsync(Confirm(need), deadline: Deadline);
        var again = await Refusals.ThrownBy(Needs(host.Scene, two.Delegate).DecideNeedAsync(Decide(accepted, Refuse), deadline: Deadline));

        Assert.Equal((State.Accepted, type, "NEED_DECIDED"), (accepted.State, accepted.ResultType, again.Reason()));
        if (type == "deliverable")
        {
            var deliverable = Assert.Single((await DeliverablesAsync(two, need)).Deliverables);
            Assert.Equal((accepted.ResultId, need.Id, need.Title, "2099-06-30"), (deliverable.Id, deliverable.Origin.NeedId, deliverable.Title, deliverable.DueDay));
        }
        else
        {
            var action = await new Actions.ActionsClient(host.Scene.As(two.Insurer)).GetActionAsync(
                new GetActionRequest { ProjectId = need.ProjectId, ActionId = accepted.ResultId }, deadline: Deadline);
            Assert.Equal((becomes == Becomes.ScopeChange ? $"Faire évoluer le périmètre : {need.Title}" : need.Title, Side.Delegate), (action.Title, action.Owner.Side));
        }
    }

    [PostgresFact]
    public async Task Whoever_disagrees_proposes_another_decision_and_what_was_read_before_confirms_nothing()
    {
        var (two, need) = await host.Scene.NeedAsync();
        var first = await Needs(host.Scene, two.Insurer).DecideNeedAsync(Decide(need, Accept(Becomes.PlanItem)), deadline: Deadline);
        var second = await Needs(host.Scene, two.Delegate).DecideNeedAsync(Decide(first, Refuse), deadline: Deadline);

        var stale = await Refusals.ThrownBy(Needs(host.Scene, two.Insurer).ConfirmNeedDecisionAsync(Confirm(first), deadline: Deadline));
        var refused = await Needs(host.Scene, two.Insurer).ConfirmNeedDecisionAsync(Confirm(second), deadline: Deadline);

        Assert.Equal("ETAG_STALE", stale.Reason());
        Assert.Equal((State.Refused, "Hors du périmètre délégué", ""), (refused.State, refused.Decision.Reason, refused.ResultId));
    }

    [PostgresFact]
    public async Task A_deferred_need_waits_for_both_sides_until_its_day_and_is_decided_anew()
    {
        var (two, need) = await host.Scene.NeedAsync();
        await WaitsAsync(two.Insurer, "");
        need = await Needs(host.Scene, two.Insurer).DecideNeedAsync(Decide(need, Defer), deadline: Deadline);
        await WaitsAsync(two.Insurer, null);
        await WaitsAsync(two.Delegate, "");

        need = await Needs(host.Scene, two.Delegate).ConfirmNeedDecisionAsync(Confirm(need), deadline: Deadline);
        await WaitsAsync(two.Insurer, "2099-06-30");
        await WaitsAsync(two.Delegate, "2099-06-30");
        Assert.Equal(State.Deferred, need.State);

        need = await Needs(host.Scene, two.Delegate).DecideNeedAsync(Decide(need, Refuse), deadline: Deadline);
        need = await Needs(host.Scene, two.Insurer).ConfirmNeedDecisionAsync(Confirm(need), deadline: Deadline);
        await WaitsAsync(two.Insurer, null);
        await WaitsAsync(two.Delegate, null);
        Assert.Equal(State.Refused, need.State);
    }

    [PostgresFact]
    public async Task Each_outcome_needs_what_belongs_to_it_and_nothing_else()
    {
        var (two, need) = await host.Scene.NeedAsync();
        var accepted = Accept(Becomes.Deliverable);
        (accepted.Owner, accepted.DueDay, accepted.Becomes) = (null, "", Becomes.Unspecified);
        var refused = Accept(Becomes.PlanItem);
        (refused.Outcome, refused.Reason) = (NeedDecision.Types.Outcome.Refuse, " ");

        Assert.Equal(
            [("decision.due_day", "DUE_DAY_REQUIRED"), ("decision.becomes", "BECOMES_REQUIRED"), ("decision.owner", "OWNER_REQUIRED")], await ViolationsAsync(accepted));
        Assert.Equal(
            [("decision.reason", "REASON_REQUIRED"), ("decision.becomes", "NOT_FOR_THIS_OUTCOME"), ("decision.owner", "NOT_FOR_THIS_OUTCOME")], await ViolationsAsync(refused));
        Assert.Equal([("decision.due_day", "DUE_DAY_OVER")], await ViolationsAsync(new NeedDecision(Defer) { DueDay = "2026-01-01" }));
        Assert.Equal([("decision", "DECISION_REQUIRED")], await ViolationsAsync(null));

        async Task<IReadOnlyList<(string, string)>> ViolationsAsync(NeedDecision? decision) =>
            (await Refusals.ThrownBy(Needs(host.Scene, two.Insurer).DecideNeedAsync(Decide(need, decision!), deadline: Deadline))).Violations();
    }

    private async Task<ListDeliverablesResponse> DeliverablesAsync(TwoParties two, Need need) => await PreparingScoping.Items(host.Scene, two.Insurer).ListDeliverablesAsync(
        new ListDeliverablesRequest { ProjectId = need.ProjectId }, deadline: Deadline);

    // Null for no item at all.
    private async Task WaitsAsync(Actor actor, string? dueDay) => await Eventually.Async(async () =>
        (await new Delivery.V1.WorkList.WorkListClient(host.Scene.As(actor)).ListWorkItemsAsync(new ListWorkItemsRequest(), deadline: Deadline))
        .WorkItems.Where(item => item.Kind == "need.decide").Select(item => item.DueDay).SequenceEqual(dueDay is null ? [] : [dueDay]));
}
