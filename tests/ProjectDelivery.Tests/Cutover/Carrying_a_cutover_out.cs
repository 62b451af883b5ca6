using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Grpc.Core;
using static Delegation.ProjectDelivery.Tests.Cutover.PreparingCutover;
using static Delegation.ProjectDelivery.Tests.Preparing;
using Progress = Delegation.Delivery.V1.ReportStepRequest.Types.Progress;
using State = Delegation.Delivery.V1.Cutover.Types.State;

namespace Delegation.ProjectDelivery.Tests.Cutover;

public sealed class Carrying_a_cutover_out(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_runbook_shows_when_each_step_is_planned()
    {
        var (_, cutover) = await host.Scene.CutoverAsync();

        Assert.Equal(
            [(0, 30), (30, 45), (45, 105)],
            cutover.Steps.Select(step => (Minutes(step.PlannedStartTime), Minutes(step.PlannedEndTime))));
        Assert.Equal((105, 0), (Minutes(cutover.PlannedEndTime), cutover.DelayMinutes));

        int Minutes(Google.Protobuf.WellKnownTypes.Timestamp time) => (int)(time.ToDateTime() - cutover.StartTime.ToDateTime()).TotalMinutes;
    }

    [PostgresFact]
    public async Task A_cutover_goes_from_its_first_step_over_the_go_of_both_sides_to_its_end()
    {
        var (two, cutover) = await host.Scene.CutoverAsync();
        await WaitsForAsync(two, Side.Insurer, "cutover.step");
        var early = await Refusals.ThrownBy(host.Scene.Cutovers(two.Delegate).ReportStepAsync(Report(cutover, 30, Progress.Begun), deadline: Deadline));
        var other = await Refusals.ThrownBy(host.Scene.Cutovers(two.Delegate).ReportStepAsync(Report(cutover, 10, Progress.Begun), deadline: Deadline));
        Assert.Equal(["STEP_NOT_REACHED", "STEP_OF_OTHER_SIDE"], [early.Reason(), other.Reason()]);

        cutover = await host.Scene.ReportAsync(two.Insurer, cutover, 10, Progress.Begun);
        Assert.Equal(State.Running, cutover.State);
        cutover = await host.Scene.ReportAsync(two.Insurer, cutover, 10, Progress.Ended);
        await WaitsForAsync(two, Side.Insurer, "cutover.decide");
        await WaitsForAsync(two, Side.Delegate, "cutover.decide");

        var pending = await host.Scene.DecideAsync(two.Insurer, cutover, go: true);
        Assert.Null(pending.Steps[1].EndTime);
        cutover = await host.Scene.DecideAsync(two.Delegate, cutover, go: true);
        Assert.NotNull(cutover.Steps[1].EndTime);
        await WaitsForAsync(two, Side.Insurer);
        await WaitsForAsync(two, Side.Delegate, "cutover.step");

        cutover = await host.Scene.ReportAsync(two.Delegate, cutover, 30, Progress.Ended);
        Assert.Equal(State.Completed, cutover.State);
        await WaitsForAsync(two, Side.Delegate);
        var over = await Refusals.ThrownBy(host.Scene.Cutovers(two.Insurer).RollBackCutoverAsync(Rollback(cutover, 10), deadline: Deadline));
        Assert.Equal("CUTOVER_OVER", over.Reason());
    }

    [PostgresFact]
    public async Task A_no_go_of_one_side_stops_everything_until_it_is_rolled_back()
    {
        var (two, cutover) = await host.Scene.DecisionAsync();
        await host.Scene.DecideAsync(two.Insurer, cutover, go: true);
        var unfounded = Decision(cutover, go: false);
        unfounded.Reason = " ";
        var refusal = await Refusals.ThrownBy(host.Scene.Cutovers(two.Delegate).DecideStepAsync(unfounded, deadline: Deadline));
        Assert.Equal([("reason", "REASON_REQUIRED")], refusal.Violations());

        var stopped = await host.Scene.DecideAsync(two.Delegate, cutover, go: false);
        Assert.Equal((State.Stopped, Side.Delegate), (stopped.State, Assert.Single(stopped.Steps[1].Decisions).Side));
        await WaitsForAsync(two, Side.Insurer, "cutover.resume");
        var stale = await Refusals.ThrownBy(host.Scene.Cutovers(two.Insurer).DecideStepAsync(Decision(cutover, go: true), deadline: Deadline));
        Assert.Equal("ETAG_STALE", stale.Reason());

        var passed = await Refusals.ThrownBy(host.Scene.Cutovers(two.Insurer).RollBackCutoverAsync(Rollback(stopped, 0), deadline: Deadline));
        Assert.Equal("ROLLBACK_POINT_PASSED", passed.Reason());
        var back = await host.Scene.Cutovers(two.Insurer).RollBackCutoverAsync(Rollback(stopped, 10), deadline: Deadline);
        Assert.Equal((State.RolledBack, 10, Side.Insurer), (back.State, back.Rollback.ToNumber, back.Rollback.Side));
        await WaitsForAsync(two, Side.Insurer);
    }

    [PostgresFact]
    public async Task A_go_holds_for_the_runbook_that_was_read()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var request = NewCutover(project.Id);
        request.Steps[1].After.Clear();
        var cutover = await host.Scene.Cutovers(two.Insurer).CreateCutoverAsync(request, deadline: Deadline);
        var decided = await host.Scene.DecideAsync(two.Insurer, cutover, go: true);

        var edit = Whole(decided);
        edit.Steps[2].DurationMinutes = 600;
        var edited = await host.Scene.Cutovers(two.Delegate).UpdateCutoverAsync(edit, deadline: Deadline);
        Assert.Empty(edited.Steps[1].Decisions);
        var stale = await Refusals.ThrownBy(host.Scene.Cutovers(two.Delegate).DecideStepAsync(Decision(cutover, go: true), deadline: Deadline));
        Assert.Equal("ETAG_STALE", stale.Reason());

        await host.Scene.ReportAsync(two.Insurer, edited, 10, Progress.Begun);
        var begun = await Refusals.ThrownBy(host.Scene.Cutovers(two.Delegate).UpdateCutoverAsync(Whole(edited), deadline: Deadline));
        Assert.Equal("RUNBOOK_BEGUN", begun.Reason());
    }

    [PostgresFact]
    public async Task A_go_and_a_no_go_at_once_never_end_in_a_go()
    {
        for (var round = 0; round < 4; round++)
        {
            var (two, cutover) = await host.Scene.DecisionAsync();
            await host.Scene.DecideAsync(two.Insurer, cutover, go: true);

            // The delegate's project lead and the insurer's change of mind come at the same time.
            var outcomes = await Task.WhenAll(Try(two.Delegate, go: true), Try(two.Insurer, go: false));
            var after = await host.Scene.Cutovers(two.Insurer).GetCutoverAsync(
                new GetCutoverRequest { ProjectId = cutover.ProjectId, CutoverId = cutover.Id }, deadline: Deadline);

            // Whoever came first made the other too late: it was taken already, or what they had read had changed.
            Assert.Single(outcomes, "done");
            Assert.Equal(outcomes[0] == "done", after.Steps[1].EndTime is not null);
            Assert.Equal(outcomes[1] == "done" ? State.Stopped : State.Running, after.State);
            Assert.Contains(outcomes, outcome => outcome is "DECISION_TAKEN" or "ETAG_STALE");

            async Task<string> Try(Delegation.TestKit.Access.Actor actor, bool go)
            {
                try
                {
                    await host.Scene.DecideAsync(actor, cutover, go);
                    return "done";
                }
                catch (RpcException refusal)
                {
                    return refusal.Reason();
                }
            }
        }
    }

    [PostgresFact]
    public async Task Reported_times_are_in_order_and_in_the_past_and_delays_show()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var request = NewCutover(project.Id);
        var start = DateTime.UtcNow.AddHours(-3);
        request.StartTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTime(start);
        var cutover = await host.Scene.Cutovers(two.Insurer).CreateCutoverAsync(request, deadline: Deadline);
        Assert.InRange(cutover.DelayMinutes, 180, 182);

        var future = await Refusals.ThrownBy(host.Scene.Cutovers(two.Insurer).ReportStepAsync(
            Report(cutover, 10, Progress.Begun, DateTime.UtcNow.AddHours(1)), deadline: Deadline));
        await host.Scene.ReportAsync(two.Insurer, cutover, 10, Progress.Begun, start);
        var early = await Refusals.ThrownBy(host.Scene.Cutovers(two.Insurer).ReportStepAsync(Report(cutover, 10, Progress.Ended, start.AddMinutes(-1)), deadline: Deadline));
        Assert.Equal([("time", "TIME_IN_FUTURE"), ("time", "TIME_TOO_EARLY")], [future.Violations().Single(), early.Violations().Single()]);

        var ended = await host.Scene.ReportAsync(two.Insurer, cutover, 10, Progress.Ended, start.AddMinutes(45));
        Assert.InRange(ended.DelayMinutes, 150, 152);
    }

    [PostgresFact]
    public async Task A_project_has_one_cutover_in_progress_and_as_many_rehearsals_as_people_like()
    {
        var (two, cutover) = await host.Scene.CutoverAsync();
        var second = await Refusals.ThrownBy(host.Scene.Cutovers(two.Delegate).CreateCutoverAsync(NewCutover(cutover.ProjectId), deadline: Deadline));
        Assert.Equal("CUTOVER_IN_PROGRESS", second.Reason());

        var rehearsal = NewCutover(cutover.ProjectId);
        rehearsal.Rehearsal = true;
        Assert.True((await host.Scene.Cutovers(two.Delegate).CreateCutoverAsync(rehearsal, deadline: Deadline)).Rehearsal);
    }

    [PostgresFact]
    public async Task All_that_is_wrong_with_a_runbook_is_named_at_once()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var request = NewCutover(project.Id);
        request.Steps.RemoveAt(1);
        request.Steps[1].Number = 10;
        request.Steps[1].DurationMinutes = 20_000;
        request.Steps[1].Owner.PersonId = Guid.NewGuid().ToString();

        var refusal = await Refusals.ThrownBy(host.Scene.Cutovers(two.Insurer).CreateCutoverAsync(request, deadline: Deadline));

        Assert.Equal(
            [
                ("steps", "DECISION_POINT_REQUIRED"), ("steps[1].after", "PREDECESSOR_UNKNOWN"), ("steps[1].number", "NUMBER_REPEATED"),
                ("steps[1].duration_minutes", "DURATION_OUT_OF_RANGE"), ("steps[1].owner", "OWNER_AMBIGUOUS"),
            ],
            refusal.Violations());
    }

    private async Task WaitsForAsync(TwoParties two, Side side, params string[] kinds)
    {
        string[] found = [];
        await Eventually.Async(async () =>
        {
            var items = await new Delivery.V1.WorkList.WorkListClient(host.Scene.As(two.On(side))).ListWorkItemsAsync(
                new ListWorkItemsRequest { DelegationId = two.DelegationId }, deadline: Deadline);
            found = [.. items.WorkItems.Select(item => item.Kind).Order()];
            return found.SequenceEqual(kinds);
        });
        Assert.Equal(kinds, found);
    }
}
