using System.Globalization;
using Delegation.Access.V1;
using Delegation.Contracts.Tests.Access.RecordedCalls;
using Delegation.Contracts.Tests.Audits;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Grpc.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using FindingState = Delegation.Contracts.V1.AuditFinding.Types.State;
using PlanState = Delegation.Contracts.V1.ControlPlan.Types.State;
using Result = Delegation.Contracts.V1.Control.Types.Result;
using State = Delegation.Contracts.V1.Control.Types.State;

namespace Delegation.Contracts.Tests.ControlPlans;

/// <summary>The life of the insurer's control plans: drafted alone, adopted for both to see, made or late, and put right.</summary>
public sealed class Control_plans_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private Scene Scene => host.Scene;

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task The_delegate_sees_a_plan_once_it_is_adopted()
    {
        var (draft, insurer, tpa) = await Scene.DraftedPlanAsync();
        Assert.Equal((1, PlanState.Draft), (draft.Number, draft.State));
        Assert.Equal([ControlDuty.OwnControls, ControlDuty.Resources], draft.UncoveredDuties);
        await RefusedAsync(StatusCode.NotFound, () => Scene.ControlPlans(tpa).GetControlPlanAsync(ControlCalls.Get(draft), deadline: People.Deadline).ResponseAsync);
        Assert.Empty((await Scene.ControlPlans(tpa).ListControlPlansAsync(new() { DelegationId = draft.DelegationId }, deadline: People.Deadline)).Plans);
        var again = await RefusedAsync(StatusCode.AlreadyExists, () => Scene.ControlPlans(insurer).DraftControlPlanAsync(
            ControlCalls.Draft(draft.DelegationId, [.. draft.Controls]), deadline: People.Deadline).ResponseAsync);
        Assert.Equal("CONTROL_PLAN_DRAFTED", again.Reason());

        await Scene.ControlPlans(insurer).AdoptControlPlanAsync(ControlCalls.Adopt(draft), deadline: People.Deadline);

        Assert.Equal(PlanState.Adopted, (await Scene.ControlPlans(tpa).GetControlPlanAsync(ControlCalls.Get(draft), deadline: People.Deadline)).State);
        Assert.Contains(await Scene.ControlsAsync(tpa, draft.DelegationId), control => control.Planned.Code == "C1" && control.State == State.Planned);
        Assert.Contains(("control.execute", Side.Insurer), await host.OpenWorkAsync(insurer.Organization!.Value.ToString()));
    }

    [PostgresFact]
    public async Task What_a_control_finds_is_corrected_by_the_delegate_and_closed_by_the_insurer()
    {
        var (control, insurer, tpa) = await Scene.DueControlAsync();
        await RefusedAsync(StatusCode.FailedPrecondition, () => Scene.FollowUp(insurer).RecordFindingAsync(ControlCalls.Find(control), deadline: People.Deadline).ResponseAsync);
        var owner = await Scene.PersonAsync(insurer, control.Planned.OwnerId);
        var colleague = await Scene.MemberAsync(insurer.Organization!.Value, Side.Insurer, Role.Legal);
        var attached = await Scene.AttachAsync(control, owner);
        Assert.Equal("CONTROL_OF_SOMEBODY_ELSE", (await RefusedAsync(
            StatusCode.FailedPrecondition, () => Scene.ControlPlans(colleague).ExecuteControlAsync(ControlCalls.Execute(attached), deadline: People.Deadline).ResponseAsync)).Reason());

        var executed = await Scene.ControlPlans(owner).ExecuteControlAsync(ControlCalls.Execute(attached), deadline: People.Deadline);
        Assert.Equal((State.Executed, Result.NotConform, 60, 9, "grille.txt"), (executed.State, executed.Result, executed.SampleSize, executed.Anomalies, Assert.Single(executed.Files).FileName));
        Assert.Equal(["control.find"], await WorkAsync(insurer, "control."));
        await Assert.ThrowsAsync<RpcException>(() => Scene.AttachAsync(executed, owner));

        // A control of somebody else's delegation is not there, and the delegate finds nothing at itself.
        var (foreign, _, _) = await Scene.DueControlAsync();
        var notThere = new RecordFindingRequest(ControlCalls.Find(executed)) { ControlId = foreign.Id };
        Assert.Equal("CONTROL_NOT_FOUND", (await RefusedAsync(StatusCode.NotFound, () => Scene.FollowUp(insurer).RecordFindingAsync(notThere, deadline: People.Deadline).ResponseAsync)).Reason());
        Assert.Equal("CONTROL_OF_THE_OTHER_SIDE", (await RefusedAsync(
            StatusCode.FailedPrecondition, () => Scene.FollowUp(tpa).RecordFindingAsync(ControlCalls.Find(executed), deadline: People.Deadline).ResponseAsync)).Reason());
        await RefusedAsync(StatusCode.InvalidArgument, () => Scene.FollowUp(insurer).RecordFindingAsync(
            new RecordFindingRequest(ControlCalls.Find(executed)) { MissionId = executed.Id }, deadline: People.Deadline).ResponseAsync);

        var found = await Scene.FollowUp(insurer).RecordFindingAsync(ControlCalls.Find(executed), deadline: People.Deadline);
        Assert.Equal((executed.Id, ""), (found.ControlId, found.MissionId));
        Assert.Empty(await WorkAsync(insurer, "control."));
        await RefusedAsync(StatusCode.FailedPrecondition, () => Scene.FollowUp(insurer).SetCorrectivePlanAsync(FollowUpCalls.Plan(found), deadline: People.Deadline).ResponseAsync);
        var planned = await Scene.FollowUp(tpa).SetCorrectivePlanAsync(FollowUpCalls.Plan(found), deadline: People.Deadline);
        var done = await Scene.FollowUp(tpa).CompletePlanAsync(FollowUpCalls.Complete(planned), deadline: People.Deadline);
        Assert.Equal(FindingState.Closed, (await Scene.FollowUp(insurer).ValidateClosureAsync(FollowUpCalls.Validate(done), deadline: People.Deadline)).State);
    }

    [PostgresFact]
    public async Task A_control_that_is_not_made_by_its_day_stays_late_and_waits_for_compliance_too()
    {
        var (control, insurer, tpa) = await Scene.DueControlAsync();
        Assert.False(control.Late);
        try
        {
            MoveClock(TimeSpan.FromDays(4));
            await Eventually.Async(async () => (await Scene.ControlPlans(tpa).GetControlAsync(ControlCalls.Get(control), deadline: People.Deadline)).Late);
            Assert.Equal(["control.execute", "control.late"], (await WorkAsync(insurer, "control.")).Distinct().Order());

            var late = await Scene.ControlPlans(insurer).GetControlAsync(ControlCalls.Get(control), deadline: People.Deadline);
            var made = await Scene.ControlPlans(insurer).ExecuteControlAsync(ControlCalls.Execute(late, Result.Conform, anomalies: 0), deadline: People.Deadline);
            Assert.True(made.Late);
            Assert.DoesNotContain("control.late", await WorkAsync(insurer, "control."));
            Assert.Single(await host.EntriesOfAsync(insurer.Organization!.Value.ToString()), entry => entry.Event is ControlOverdue);
        }
        finally
        {
            MoveClock(TimeSpan.Zero);
        }
    }

    [PostgresFact]
    public async Task The_next_version_says_why_and_takes_back_what_it_does_without()
    {
        var (first, insurer, tpa) = await Scene.AdoptedPlanAsync();
        var request = ControlCalls.Draft(first.DelegationId, first.Controls[1]);
        await RefusedAsync(StatusCode.InvalidArgument, () => Scene.ControlPlans(insurer).DraftControlPlanAsync(request, deadline: People.Deadline).ResponseAsync);
        request.Reason = "Contrôle repris par une mission d'audit.";
        var second = await Scene.ControlPlans(insurer).DraftControlPlanAsync(request, deadline: People.Deadline);
        var adopted = await Scene.ControlPlans(insurer).AdoptControlPlanAsync(ControlCalls.Adopt(second), deadline: People.Deadline);

        Assert.Equal((2, PlanState.Adopted), (adopted.Number, adopted.State));
        Assert.Equal(PlanState.Replaced, (await Scene.ControlPlans(tpa).GetControlPlanAsync(ControlCalls.Get(first), deadline: People.Deadline)).State);
        var controls = await Scene.ControlsAsync(tpa, first.DelegationId);
        Assert.Equal((State.Withdrawn, request.Reason), controls.Where(control => control.Planned.Code == "C1").Select(control => (control.State, control.WithdrawReason)).Single());
        Assert.All(controls.Where(control => control.Planned.Code == "C2"), control => Assert.Equal((State.Planned, adopted.Id), (control.State, control.PlanId)));
        var changed = await RefusedAsync(StatusCode.FailedPrecondition, () => Scene.ControlPlans(insurer).UpdateControlPlanAsync(
            ControlCalls.Update(adopted, [.. adopted.Controls]), deadline: People.Deadline).ResponseAsync);
        Assert.Equal("CONTROL_PLAN_ADOPTED", changed.Reason());
    }

    [PostgresFact]
    public async Task An_auditor_of_governance_reads_what_controls_found_and_others_do_not()
    {
        var (control, insurer, _) = await Scene.DueControlAsync();
        var executed = await Scene.ControlPlans(insurer).ExecuteControlAsync(ControlCalls.Execute(control), deadline: People.Deadline);
        await Scene.FollowUp(insurer).RecordFindingAsync(ControlCalls.Find(executed), deadline: People.Deadline);
        foreach (var (subject, findings) in new[] { (AuditSubject.Governance, 1), (AuditSubject.Finance, 0) })
        {
            var member = await Scene.ColleagueAsync(await AdministratorAsync(insurer), Role.Auditor);
            var plan = AuditCalls.Plan(control.DelegationId, auditors: member.Id);
            plan.Subjects.Clear();
            plan.Subjects.Add(subject);
            var audits = new V1.Audits.AuditsClient(Scene.As(insurer));
            var mission = await audits.NotifyAuditMissionAsync(AuditCalls.Notify(await audits.PlanAuditMissionAsync(plan, deadline: People.Deadline)), deadline: People.Deadline);

            var auditor = (await Scene.PersonAsync(insurer, member.Id)) with { Organization = null };
            Assert.Equal(findings, (await Scene.FollowUp(auditor).ListFindingsAsync(new() { DelegationId = control.DelegationId }, deadline: People.Deadline)).Findings.Count);
            await audits.CloseAuditMissionAsync(AuditCalls.Close(mission), deadline: People.Deadline);
        }
    }

    // Members are read by administrators.
    private Task<Actor> AdministratorAsync(Actor insurer) => Scene.MemberAsync(insurer.Organization!.Value, Side.Insurer, Role.Administrator);

    private async Task<IEnumerable<string>> WorkAsync(Actor insurer, string kinds) =>
        (await host.OpenWorkAsync(insurer.Organization!.Value.ToString())).Select(work => work.Kind).Where(kind => kind.StartsWith(kinds, StringComparison.Ordinal));

    private void MoveClock(TimeSpan offset)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration["Clock:Offset"] = offset.ToString("c", CultureInfo.InvariantCulture);
        configuration.Reload();
    }

    private static async Task<RpcException> RefusedAsync(StatusCode code, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(code, refused.StatusCode);
        return refused;
    }
}
