using Delegation.Access.V1;
using Delegation.Contracts.Tests.LetterOfEngagement;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;

namespace Delegation.Contracts.Tests.Reversibility;

/// <summary>A delegation ends, phase by phase.</summary>
public sealed class Exits_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task The_plan_holds_once_both_sides_validated_it_and_rehearsals_are_compared()
    {
        var parting = await Parting.OpenAsync(host);
        Assert.Equal("NO_VALIDATED_PLAN", (await Refusals.ThrownBy(parting.Plans().RecordRehearsalAsync(Rehearsal(parting), deadline: People.Deadline))).Reason());
        var plan = await parting.AgreeOnPlanAsync();
        Assert.Equal((1, JointVersion.Types.State.Validated), (plan.Version.Number, plan.Version.State));
        Assert.Equal("PROPOSAL_OPEN", await TwiceAsync(parting));

        var same = await parting.Plans(insurer: false).RecordRehearsalAsync(Rehearsal(parting), deadline: People.Deadline);
        var differing = Rehearsal(parting);
        differing.Lots[1].Received = Parting.Totals(count: 1199);
        var other = await parting.Plans().RecordRehearsalAsync(differing, deadline: People.Deadline);
        Assert.Equal((true, false), (same.Reconciled, other.Reconciled));
        Assert.Equal(["count: 1200 handed over, 1199 received"], other.Lots[1].Discrepancies);

        var listed = await parting.Plans(insurer: false).ListRehearsalsAsync(new ListRehearsalsRequest { DelegationId = parting.DelegationId }, deadline: People.Deadline);
        Assert.Equal([other, same], listed.Rehearsals);
        var versions = await parting.Plans().ListReversibilityPlansAsync(new ListReversibilityPlansRequest { DelegationId = parting.DelegationId }, deadline: People.Deadline);
        Assert.Equal([2, 1], versions.ReversibilityPlans.Select(version => version.Version.Number));
    }

    [PostgresFact]
    public async Task What_a_plan_says_wrong_is_said_all_at_once()
    {
        var parting = await Parting.OpenAsync(host);
        var wrong = new ReversibilityTerms
        {
            RunOffOption = RunOffOption.ByCareDate, CutOffDays = 400, DryRuns = 9,
            Data = { new ExitDataLine { Kind = ExitDataKind.Consents }, new ExitDataLine { Kind = ExitDataKind.Consents, Format = "CSV" } },
            Costs = { new ExitCostRule() }, Retention = { new RetentionException { What = "x", LegalGround = "y" } },
        };

        Assert.Equal(
            [
                ("terms.costs[0].bearer", "BEARER_REQUIRED"), ("terms.costs[0].ground", "GROUND_REQUIRED"), ("terms.cut_off_days", "CUT_OFF_DAYS_OUT_OF_RANGE"),
                ("terms.data[0].format", "FORMAT_REQUIRED"), ("terms.data[1].kind", "KIND_REPEATED"), ("terms.destruction_method", "DESTRUCTION_METHOD_REQUIRED"),
                ("terms.dry_runs", "DRY_RUNS_OUT_OF_RANGE"), ("terms.recoveries", "RECOVERIES_REQUIRED"), ("terms.retention[0].months", "MONTHS_OUT_OF_RANGE"),
            ],
            (await Refusals.ThrownBy(parting.Plans().ProposeReversibilityPlanAsync(parting.Proposal(wrong), deadline: People.Deadline))).Violations().Order());
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Either_side_triggers_it_and_it_is_joined_to_the_end_of_the_contract(bool insurer)
    {
        var parting = await Parting.OpenAsync(host);
        var exit = await parting.TriggerAsync(insurer);
        var notice = insurer ? 6 : 12;
        var today = Parting.DayOf(LetterCalls.Today);
        Assert.Equal((insurer ? Side.Insurer : Side.Delegate, ExitPhase.Notice, false), (exit.Side, exit.Phase, exit.ContractEnds));
        Assert.Equal(today.AddMonths(notice), Parting.DayOf(exit.EffectDay));
        Assert.Equal(["TASKS_DONE", "PLAN_VALIDATED", "CONTRACT_ENDS"], exit.Criteria.Where(criterion => !criterion.Met).Select(criterion => criterion.Code));
        Assert.Equal("EXIT_OPEN", (await Parting.RefusedAsync(parting.TriggerAsync(!insurer))).Reason());

        var last = today.AddMonths(notice + 1);
        await parting.EndContractAsync(insurer, $"{last:yyyy-MM-dd}");
        await parting.AgreeOnPlanAsync();
        exit = await parting.ReadAsync(exit);
        Assert.Equal((true, last, insurer ? Side.Insurer : Side.Insurer), (exit.ContractEnds, Parting.DayOf(exit.EffectDay), exit.CostBearer));
        Assert.Equal(Parting.DayOf(exit.CutoverDay).AddMonths(27).AddDays(-1), Parting.DayOf(exit.RunOffEndDay));
        Assert.Equal(["TASKS_DONE"], exit.Criteria.Where(criterion => !criterion.Met).Select(criterion => criterion.Code));
        Assert.Equal(
            [("exit.inform_authorities", Side.Insurer), ("exit.name_exit_lead", Side.Delegate), ("exit.set_up_committee", Side.Insurer)],
            (await host.OpenWorkAsync(parting.InsurerId)).Where(work => work.Kind.StartsWith("exit.", StringComparison.Ordinal)));
    }

    [PostgresFact]
    public async Task A_phase_is_left_by_both_sides_when_what_must_hold_holds()
    {
        var parting = await Parting.OpenAsync(host);
        await parting.AgreeOnPlanAsync();
        var exit = await parting.TriggerAsync();
        await parting.EndContractAsync(insurer: true, $"{Parting.DayOf(LetterCalls.Today).AddMonths(7):yyyy-MM-dd}");
        var refused = await Parting.RefusedAsync(parting.PassAsync(exit));
        Assert.Equal(("CRITERIA_NOT_MET", StatusCode.FailedPrecondition), (refused.Reason(), refused.StatusCode));

        exit = await parting.ToRunOffAsync(exit);
        Assert.Equal((ExitPhase.RunOff, ExitState.Open), (exit.Phase, exit.State));
        Assert.All(exit.Lots, lot => Assert.NotNull(lot.AcceptTime));
        Assert.Equal(["TASKS_DONE", "RUN_OFF_OVER"], exit.Criteria.Where(criterion => !criterion.Met).Select(criterion => criterion.Code));
        Assert.Contains(("exit.settle_stock", Side.Delegate), await host.OpenWorkAsync(parting.InsurerId));
        Assert.Contains("ExitPhasePassed", (await host.EntriesOfAsync(parting.InsurerId)).Where(entry => entry.ObjectType == "exit").Select(entry => entry.Event.Descriptor.Name));

        var owners = await parting.RunOff(insurer: false).ListFlowOwnersAsync(
            new ListFlowOwnersRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, Day = exit.CutoverDay }, deadline: People.Deadline);
        Assert.Equal([.. Enumerable.Repeat((ClaimManager.Incoming, true), 5)], owners.Owners.Select(owner => (owner.Owner, owner.DoubleRun)));
        var claim = await parting.RunOff().FindClaimManagerAsync(
            new FindClaimManagerRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, CareDay = exit.NoticeDay, ReceiptDay = exit.CutoverDay, Day = exit.RunOffEndDay }, deadline: People.Deadline);
        Assert.Equal((ClaimManager.Outgoing, "RECEIVED_AFTER", exit.RunOffEndDay), (claim.Manager, claim.Rule, claim.LastDay));
    }

    [PostgresFact]
    public async Task What_differs_in_a_lot_is_named_and_accepted_with_reservations_only()
    {
        var parting = await Parting.OpenAsync(host);
        await parting.AgreeOnPlanAsync(new ReversibilityTerms(Parting.Terms()) { DryRuns = 0 });
        var exit = await parting.TriggerAsync();
        await parting.EndContractAsync(insurer: true, $"{Parting.DayOf(LetterCalls.Today).AddMonths(7):yyyy-MM-dd}");
        var kind = ExitDataKind.BenefitHistory;
        Assert.Equal("WRONG_PHASE_FOR_LOT", (await Parting.RefusedAsync(parting.HandOverAsync(exit, kind))).Reason());
        exit = await parting.PassAsync(await parting.CompleteAsync(exit));
        exit = await parting.PassAsync(await parting.SettleAsync(await parting.CompleteAsync(exit)));
        exit = await parting.PassAsync(await parting.CompleteAsync(exit));
        exit = await parting.PassAsync(await parting.CompleteAsync(exit));

        exit = await parting.HandOverAsync(exit, kind, received: Parting.Totals(cents: 345_66));
        var run = Assert.Single(exit.Lots.Single(lot => lot.Kind == kind).Runs);
        Assert.Equal((false, "amount_cents: 34567 handed over, 34566 received"), (run.DryRun, Assert.Single(run.Discrepancies)));
        Assert.Equal("RESERVATIONS_REQUIRED", (await Refusals.ThrownBy(parting.Exits().AcceptLotAsync(Parting.Acceptance(exit, kind), deadline: People.Deadline))).Reason());
        Assert.Equal("SIDE_REQUIRED", (await Refusals.ThrownBy(parting.Exits(insurer: false).AcceptLotAsync(Parting.Acceptance(exit, kind), deadline: People.Deadline))).Reason());

        exit = await parting.HandOverAsync(exit, kind);
        exit = await parting.Exits().AcceptLotAsync(Parting.Acceptance(exit, kind, "Sans réserve"), deadline: People.Deadline);
        Assert.Equal("LOT_ACCEPTED", (await Parting.RefusedAsync(parting.HandOverAsync(exit, kind))).Reason());
        var left = exit.Criteria.Single(criterion => criterion.Code == "LOTS_ACCEPTED");
        Assert.Equal(("Not accepted: members and their rights.", "Non réceptionnés : adhérents, bénéficiaires et droits."), (left.FoundEn, left.FoundFr));
    }

    [PostgresFact]
    public async Task Both_sides_call_it_off_and_another_may_follow()
    {
        var parting = await Parting.OpenAsync(host);
        var exit = await parting.TriggerAsync(insurer: false, ExitGround.Breach, "Commissions impayées");
        exit = await parting.Exits(insurer: false).CallOffExitAsync(Calling(exit), deadline: People.Deadline);
        Assert.Equal((ExitState.Open, Side.Delegate), (exit.State, Assert.Single(exit.CalledOffBy)));
        Assert.Equal("ALREADY_CALLED_OFF", (await Refusals.ThrownBy(parting.Exits(insurer: false).CallOffExitAsync(Calling(exit), deadline: People.Deadline))).Reason());

        exit = await parting.Exits().CallOffExitAsync(Calling(exit), deadline: People.Deadline);
        Assert.Equal(ExitState.CalledOff, exit.State);
        Assert.DoesNotContain(await host.OpenWorkAsync(parting.InsurerId), work => work.Kind.StartsWith("exit.", StringComparison.Ordinal));
        Assert.Equal("EXIT_NOT_OPEN", (await Refusals.ThrownBy(parting.Exits().CallOffExitAsync(Calling(exit), deadline: People.Deadline))).Reason());
        var another = await parting.TriggerAsync();
        var listed = await parting.Exits().ListExitsAsync(new ListExitsRequest { DelegationId = parting.DelegationId }, deadline: People.Deadline);
        Assert.Equal([another.Id, exit.Id], listed.Exits.Select(one => one.Id));
    }

    private static CallOffExitRequest Calling(Exit exit) => new() { DelegationId = exit.DelegationId, ExitId = exit.Id, Etag = exit.Etag };

    private static async Task<string?> TwiceAsync(Parting parting)
    {
        await parting.Plans().ProposeReversibilityPlanAsync(parting.Proposal(), deadline: People.Deadline);
        return (await Refusals.ThrownBy(parting.Plans(insurer: false).ProposeReversibilityPlanAsync(parting.Proposal(), deadline: People.Deadline))).Reason();
    }

    private static RecordRehearsalRequest Rehearsal(Parting parting)
    {
        var end = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTime(DateTime.UtcNow.AddMinutes(-5));
        return new RecordRehearsalRequest
        {
            DelegationId = parting.DelegationId, StartTime = end - Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromHours(7)), EndTime = end,
            Lots = { Parting.Terms().Data.Select(line => new LotComparison { Kind = line.Kind, HandedOver = Parting.Totals(), Received = Parting.Totals() }) },
        };
    }
}
