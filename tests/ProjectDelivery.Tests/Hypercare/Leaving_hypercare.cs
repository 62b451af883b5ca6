using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Phases;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using Grpc.Core;
using static Delegation.ProjectDelivery.Tests.Hypercare.PreparingHypercare;
using static Delegation.ProjectDelivery.Tests.Preparing;
using CriterionState = Delegation.Delivery.V1.GateCriterion.Types.State;
using GateState = Delegation.Delivery.V1.Gate.Types.State;
using Move = Delegation.Delivery.V1.MoveAdjustmentRequest.Types.Move;
using Verdict = Delegation.Delivery.V1.OperationCheck.Types.Verdict;

namespace Delegation.ProjectDelivery.Tests.Hypercare;

/// <summary>First operations are followed one by one, and both sides release the project team on what the data say.</summary>
public sealed class Leaving_hypercare(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose()
    {
        host.Reporting.IsAway = false;
        host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task Terms_are_agreed_with_the_second_side_and_other_terms_by_nobody()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var set = await host.Scene.Hypercare(two.Insurer).SetHypercareTermsAsync(
            Setting(await host.Scene.ReadHypercareAsync(two.Insurer, project.Id)), deadline: Deadline);
        Assert.Equal((20, 0), (set.Terms.ObserveDays, set.AgreedBy.Count));

        var pending = await host.Scene.Hypercare(two.Insurer).AgreeHypercareTermsAsync(Agreeing(set), deadline: Deadline);
        Assert.Equal(Side.Insurer, pending.AgreedBy.Single());
        await Eventually.Async(async () => (await WorkAsync(two.Delegate)).Any(item => item.Kind == "hypercare.agree"));
        Assert.Equal("TERMS_ALREADY_AGREED", (await Refusals.ThrownBy(host.Scene.Hypercare(two.Insurer).AgreeHypercareTermsAsync(Agreeing(set), deadline: Deadline))).Reason());
        Assert.Equal(CriterionState.Unmet, (await CriterionAsync(two, project.Id, "HYPERCARE_TERMS_AGREED")).State);

        var agreed = await host.Scene.Hypercare(two.Delegate).AgreeHypercareTermsAsync(Agreeing(set), deadline: Deadline);
        Assert.Equal(2, agreed.AgreedBy.Count);
        Assert.Equal(CriterionState.Met, (await CriterionAsync(two, project.Id, "HYPERCARE_TERMS_AGREED")).State);

        var other = await host.Scene.Hypercare(two.Delegate).SetHypercareTermsAsync(Setting(agreed, observeDays: 30), deadline: Deadline);
        Assert.Empty(other.AgreedBy);
        Assert.Equal(StatusCode.Aborted, (await Refusals.ThrownBy(host.Scene.Hypercare(two.Insurer).AgreeHypercareTermsAsync(Agreeing(set), deadline: Deadline))).StatusCode);
    }

    [PostgresFact]
    public async Task Terms_out_of_range_are_named_all_at_once()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var request = Setting(await host.Scene.ReadHypercareAsync(two.Insurer, project.Id), observeDays: 0);
        request.Terms.FirstOperations = 1001;

        var refused = await Refusals.ThrownBy(host.Scene.Hypercare(two.Insurer).SetHypercareTermsAsync(request, deadline: Deadline));

        Assert.Equal([("terms.observe_days", "OBSERVE_DAYS_OUT_OF_RANGE"), ("terms.first_operations", "FIRST_OPERATIONS_OUT_OF_RANGE")], refused.Violations());
    }

    [PostgresFact]
    public async Task Operations_are_looked_at_one_by_one_as_Reporting_tells_them()
    {
        var (two, project) = await host.Scene.InRunAsync();
        var check = await host.Scene.Hypercare(two.Insurer).CheckOperationAsync(Check(project.Id, "OP-7", Verdict.Wrong), deadline: Deadline);
        Assert.Equal((two.DelegationId, 2, Side.Insurer, Verdict.Wrong), (check.OperationId, check.OperationVersion, check.Side, check.Verdict));
        var hypercare = await host.Scene.ReadHypercareAsync(two.Delegate, project.Id);
        Assert.Equal((0, 1), (hypercare.RightOperations, hypercare.WrongOperations));

        await host.Scene.Hypercare(two.Delegate).CheckOperationAsync(Check(project.Id, "OP-7"), deadline: Deadline);
        await host.Scene.Hypercare(two.Delegate).CheckOperationAsync(Check(project.Id, "OP-8"), deadline: Deadline);
        var listed = (await host.Scene.Hypercare(two.Insurer).ListOperationChecksAsync(new ListOperationChecksRequest { ProjectId = project.Id }, deadline: Deadline)).OperationChecks;
        Assert.Equal([("OP-7", Verdict.Right, Side.Delegate), ("OP-8", Verdict.Right, Side.Delegate)], listed.Select(row => (row.Reference, row.Verdict, row.Side)));

        var unknown = await Refusals.ThrownBy(host.Scene.Hypercare(two.Delegate).CheckOperationAsync(Check(project.Id, "XX-1"), deadline: Deadline));
        Assert.Equal((StatusCode.NotFound, "OPERATION_NOT_FOUND"), unknown.Kind());
        host.Reporting.IsAway = true;
        var away = await Refusals.ThrownBy(host.Scene.Hypercare(two.Delegate).CheckOperationAsync(Check(project.Id, "OP-9"), deadline: Deadline));
        Assert.Equal((StatusCode.Unavailable, "SERVICE_UNAVAILABLE"), away.Kind());
        Assert.Equal(2, (await host.Scene.ReadHypercareAsync(two.Delegate, project.Id)).RightOperations);
    }

    [PostgresFact]
    public async Task Before_the_run_there_is_nothing_to_check_to_adjust_or_to_release()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var hypercare = await host.Scene.ReadHypercareAsync(two.Insurer, project.Id);

        Assert.Equal("PROJECT_NOT_IN_RUN", (await Refusals.ThrownBy(host.Scene.Hypercare(two.Insurer).CheckOperationAsync(Check(project.Id, "OP-1"), deadline: Deadline))).Reason());
        Assert.Equal("PROJECT_NOT_IN_RUN", (await Refusals.ThrownBy(host.Scene.Adjustments(two.Insurer).OpenAdjustmentAsync(Opening(project.Id), deadline: Deadline))).Reason());
        Assert.Equal("PROJECT_NOT_IN_HYPERCARE", (await Refusals.ThrownBy(host.Scene.Hypercare(two.Insurer).ReleaseTeamAsync(Releasing(hypercare), deadline: Deadline))).Reason());
        Assert.Equal("", hypercare.RunStartDay);
    }

    [PostgresFact]
    public async Task One_side_makes_an_adjustment_and_the_other_confirms_it_or_opens_it_again()
    {
        var (two, adjustment) = await host.Scene.AdjustmentAsync();
        await Eventually.Async(async () => (await WorkAsync(two.Delegate)).Any(item => item.Kind == "adjustment.apply"));
        Assert.Equal("ADJUSTMENT_MOVE_REFUSED", (await MoveRefusedAsync(two.Insurer, adjustment, Move.Apply)).Reason());

        var applied = await MoveAsync(two.Delegate, adjustment, Move.Apply);
        await Eventually.Async(async () => (await WorkAsync(two.Insurer)).Any(item => item.Kind == "adjustment.confirm"));
        Assert.Equal("ADJUSTMENT_MOVE_REFUSED", (await MoveRefusedAsync(two.Delegate, applied, Move.Confirm)).Reason());
        Assert.Equal([("note", "NOTE_REQUIRED")], (await MoveRefusedAsync(two.Insurer, applied, Move.Reopen)).Violations());

        var reopened = await host.Scene.Adjustments(two.Insurer).MoveAdjustmentAsync(Moving(applied, Move.Reopen, "Le taux reste inexact."), deadline: Deadline);
        Assert.Equal((Adjustment.Types.State.Open, "Le taux reste inexact."), (reopened.State, reopened.Note));
        Assert.Equal(1, (await host.Scene.ReadHypercareAsync(two.Insurer, adjustment.ProjectId)).OpenAdjustments);

        var confirmed = await MoveAsync(two.Insurer, await MoveAsync(two.Delegate, reopened, Move.Apply), Move.Confirm);
        Assert.Equal(Adjustment.Types.State.Confirmed, confirmed.State);
        Assert.Equal(0, (await host.Scene.ReadHypercareAsync(two.Insurer, adjustment.ProjectId)).OpenAdjustments);
        await Eventually.Async(async () => (await WorkAsync(two.Insurer)).All(item => !item.Kind.StartsWith("adjustment", StringComparison.Ordinal)));
    }

    [PostgresFact]
    public async Task An_executive_committee_stays_quarterly_while_an_adjustment_is_open_and_may_be_yearly_afterwards()
    {
        var (two, adjustment) = await host.Scene.AdjustmentAsync();
        var request = Committees.PreparingCommittees.NewCommittee(two.DelegationId);
        (request.Level, request.RelaxAfter) = (CommitteeLevel.ExecutiveCommittee, 1);
        request.Steps.Clear();
        var committee = await Committees.PreparingCommittees.CommitteesAs(host.Scene, two.Insurer).CreateCommitteeAsync(request, deadline: Deadline);

        var concealing = await Refusals.ThrownBy(Committees.PreparingCommittees.Meetings(host.Scene, two.Insurer).RecordMinutesAsync(await MinutesAsync(0), deadline: Deadline));
        Assert.Equal([("period.open_adjustments", "ADJUSTMENTS_CONCEALED")], concealing.Violations());
        await HoldAsync(1);
        Assert.Equal((CadenceStep.Quarterly, false), await CadenceAsync());

        await MoveAsync(two.Insurer, await MoveAsync(two.Delegate, adjustment, Move.Apply), Move.Confirm);
        await HoldAsync(0);
        Assert.Equal((CadenceStep.Quarterly, true), await CadenceAsync());

        foreach (var actor in new[] { two.Insurer, two.Delegate })
            await Committees.PreparingCommittees.CommitteesAs(host.Scene, actor).ConfirmRelaxationAsync(
                new ConfirmRelaxationRequest { CommitteeId = committee.Id, Step = CadenceStep.Yearly }, deadline: Deadline);
        Assert.Equal((CadenceStep.Yearly, false), await CadenceAsync());

        async Task<RecordMinutesRequest> MinutesAsync(int adjustments)
        {
            var meeting = await Committees.PreparingCommittees.Meetings(host.Scene, two.Insurer).PlanMeetingAsync(
                Committees.PreparingCommittees.NewMeeting(committee.Id), deadline: Deadline);
            var minutes = Committees.PreparingCommittees.NewMinutes(meeting);
            minutes.Period.OpenAdjustments = adjustments;
            return minutes;
        }

        async Task HoldAsync(int adjustments)
        {
            var held = await Committees.PreparingCommittees.Meetings(host.Scene, two.Insurer).RecordMinutesAsync(await MinutesAsync(adjustments), deadline: Deadline);
            await Committees.PreparingCommittees.Meetings(host.Scene, two.Delegate).ConfirmMinutesAsync(
                new ConfirmMinutesRequest { MeetingId = held.Id, Etag = held.Etag }, deadline: Deadline);
        }

        async Task<(CadenceStep, bool)> CadenceAsync()
        {
            var cadence = (await Committees.PreparingCommittees.ReadAsync(host.Scene, two.Insurer, committee.Id)).Cadence;
            return (cadence.Step, cadence.RelaxationOffered);
        }
    }

    [PostgresFact]
    public async Task The_team_is_released_by_both_sides_once_nothing_else_is_missing_and_cruise_begins()
    {
        var (two, project) = await host.Scene.InRunAsync();
        var early = await Refusals.ThrownBy(host.Scene.Hypercare(two.Insurer).ReleaseTeamAsync(
            Releasing(await host.Scene.ReadHypercareAsync(two.Insurer, project.Id)), deadline: Deadline));
        Assert.Equal("EXIT_CRITERIA_MISSING", early.Reason());
        Assert.DoesNotContain(early.Conditions(), condition => condition.Subject == "PROJECT_TEAM_RELEASED");

        foreach (var condition in early.Conditions())
            await host.Scene.OverrideAsync(two, project.Id, ProjectGate.ToCruise, condition.Subject);
        var hypercare = await host.Scene.ReadHypercareAsync(two.Insurer, project.Id);
        var pending = await host.Scene.Hypercare(two.Insurer).ReleaseTeamAsync(Releasing(hypercare), deadline: Deadline);
        Assert.Equal((Side.Insurer, null), (pending.ReleasedBy.Single(), pending.ReleaseTime));
        Assert.Equal(GateState.Shut, (await host.Scene.GateAsync(two.Insurer, project.Id)).State);
        await Eventually.Async(async () => (await WorkAsync(two.Delegate)).Any(item => item.Kind == "hypercare.release"));

        var released = await host.Scene.Hypercare(two.Delegate).ReleaseTeamAsync(Releasing(hypercare), deadline: Deadline);
        Assert.NotNull(released.ReleaseTime);
        Assert.Equal("TEAM_RELEASED", (await Refusals.ThrownBy(host.Scene.Hypercare(two.Delegate).SetHypercareTermsAsync(Setting(released), deadline: Deadline))).Reason());
        Assert.Equal(GateState.Passed, (await host.Scene.BothPassAsync(two, project.Id)).State);
        Assert.Equal(
            RunStage.Cruise,
            (await new Delivery.V1.Projects.ProjectsClient(host.Scene.As(two.Insurer)).GetProjectAsync(new GetProjectRequest { ProjectId = project.Id }, deadline: Deadline)).RunStage);
    }

    [PostgresFact]
    public async Task The_exit_is_read_from_the_data_of_Reporting_once_the_run_has_lasted()
    {
        var own = new DeliveryHost();
        await ((IAsyncLifetime)own).InitializeAsync();
        try
        {
            var (two, project) = await own.Scene.InRunAsync();
            var hypercare = await own.Scene.Hypercare(two.Insurer).SetHypercareTermsAsync(Setting(await own.Scene.ReadHypercareAsync(two.Insurer, project.Id)), deadline: Deadline);
            foreach (var actor in new[] { two.Insurer, two.Delegate })
                await own.Scene.Hypercare(actor).AgreeHypercareTermsAsync(Agreeing(hypercare), deadline: Deadline);
            foreach (var reference in new[] { "OP-1", "OP-2" })
                await own.Scene.Hypercare(two.Delegate).CheckOperationAsync(Check(project.Id, reference), deadline: Deadline);

            await own.StopAsync();
            own.Settings["Clock:Offset"] = "25.00:00:00";
            own.Start();
            own.Reporting.Counts[two.DelegationId] = MadeUpReporting.AllIsWell("2199-12-31");

            var gate = await own.Scene.GateAsync(two.Insurer, project.Id);
            Assert.Equal(["PROJECT_TEAM_RELEASED"], gate.Criteria.Where(criterion => criterion.State != CriterionState.Met).Select(criterion => criterion.Code));
            var question = own.Reporting.Asked.Single();
            Assert.Equal(9, DateOnly.Parse(question.PeriodEndDay).DayNumber - DateOnly.Parse(question.PeriodStartDay).DayNumber);
            Assert.Contains(gate.Criteria.Single(criterion => criterion.Code == "FLOWS_UNDER_CONTROL").Evidence, answered => answered.Type == "import");

            var counts = own.Reporting.Counts[two.DelegationId];
            (counts.CoveredToDay, counts.Total.Closed, counts.Total.Times.Percentile95Days) = ("2026-01-01", 949, 9);
            gate = await own.Scene.GateAsync(two.Insurer, project.Id);
            Assert.Equal(
                ["RUN_OBSERVED", "FLOWS_UNDER_CONTROL", "PROCESSING_TIMES_HELD"],
                gate.Criteria.Where(criterion => criterion.State == CriterionState.Unmet && criterion.AnsweredBy == "reporting").Select(criterion => criterion.Code));

            own.Reporting.IsAway = true;
            var away = (await own.Scene.GateAsync(two.Insurer, project.Id)).Criteria.Where(criterion => criterion.State == CriterionState.NotAnswered).ToArray();
            Assert.Equal(["RUN_OBSERVED", "FLOWS_UNDER_CONTROL", "PROCESSING_TIMES_HELD"], away.Select(criterion => criterion.Code));
            Assert.Equal("Reporting does not answer (Unavailable).", away[0].Found);
            own.Logs.AssertNoErrors();
        }
        finally
        {
            await ((IAsyncLifetime)own).DisposeAsync();
        }
    }

    private async Task<GateCriterion> CriterionAsync(TwoParties two, string projectId, string code) =>
        (await host.Scene.GateAsync(two.Insurer, projectId, ProjectGate.ToRun)).Criteria.Single(criterion => criterion.Code == code);

    private async Task<Adjustment> MoveAsync(Actor actor, Adjustment adjustment, Move move) =>
        await host.Scene.Adjustments(actor).MoveAdjustmentAsync(Moving(adjustment, move), deadline: Deadline);

    private Task<RpcException> MoveRefusedAsync(Actor actor, Adjustment adjustment, Move move) =>
        Refusals.ThrownBy(host.Scene.Adjustments(actor).MoveAdjustmentAsync(Moving(adjustment, move), deadline: Deadline));

    private async Task<IReadOnlyList<WorkItem>> WorkAsync(Actor actor) =>
        (await new Delivery.V1.WorkList.WorkListClient(host.Scene.As(actor)).ListWorkItemsAsync(new ListWorkItemsRequest(), deadline: Deadline)).WorkItems;
}
