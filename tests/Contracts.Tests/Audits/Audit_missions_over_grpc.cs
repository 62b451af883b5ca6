using System.Globalization;
using Delegation.Access.V1;
using Delegation.Contracts.Tests.Access.RecordedCalls;
using Delegation.Contracts.Tests.Finance;
using Delegation.Contracts.V1;
using Delegation.Journal.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Grpc.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using State = Delegation.Contracts.V1.AuditMission.Types.State;

namespace Delegation.Contracts.Tests.Audits;

/// <summary>The life of missions, and what auditors find.</summary>
public sealed class Audit_missions_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private Scene Scene => host.Scene;

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task An_auditor_reads_the_delegation_while_the_mission_is_open_and_each_read_is_written_down()
    {
        var (mission, insurer, auditor, delegation) = await PlanAsync();
        var annexes = new V1.Annexes.AnnexesClient(Scene.As(auditor));
        var list = new ListAnnexesRequest { DelegationId = delegation };
        await RefusedAsync(StatusCode.PermissionDenied, () => annexes.ListAnnexesAsync(list, deadline: People.Deadline).ResponseAsync);
        Assert.Equal(["audit.notify"], await WorkAsync(insurer));

        var open = await Audits(insurer).NotifyAuditMissionAsync(AuditCalls.Notify(mission), deadline: People.Deadline);
        Assert.Equal((State.Open, false), (open.State, open.ReadsShown));
        Assert.Equal(["audit.conduct"], await WorkAsync(insurer));
        Assert.Empty((await annexes.ListAnnexesAsync(list, deadline: People.Deadline)).Annexes);
        Assert.Equal(mission.Id, Assert.Single((await Audits(auditor).ListAuditMissionsAsync(new ListAuditMissionsRequest { DelegationId = delegation }, deadline: People.Deadline)).Missions).Id);
        await RefusedAsync(StatusCode.PermissionDenied, () => new Invoices.InvoicesClient(Scene.As(auditor)).ListInvoicesAsync(
            new ListInvoicesRequest { DelegationId = delegation }, deadline: People.Deadline).ResponseAsync);

        await Audits(insurer).CloseAuditMissionAsync(AuditCalls.Close(open), deadline: People.Deadline);
        await RefusedAsync(StatusCode.PermissionDenied, () => annexes.ListAnnexesAsync(list, deadline: People.Deadline).ResponseAsync);
        Assert.Empty(await WorkAsync(insurer));
        Assert.Equal(
            ["delegation.contracts.v1.Annexes/ListAnnexes", "delegation.contracts.v1.Audits/ListAuditMissions"],
            (await host.EntriesOfAsync(insurer.Organization!.Value.ToString())).Select(entry => entry.Event).OfType<AuditRead>().Where(read => read.MissionId == mission.Id).Select(read => read.Rpc));
    }

    [PostgresFact]
    public async Task A_mission_opens_and_ends_with_its_days_and_reading_ends_with_them()
    {
        var (mission, insurer, auditor, delegation) = await PlanAsync(openIn: 3, closeIn: 5);
        var notified = await Audits(insurer).NotifyAuditMissionAsync(AuditCalls.Notify(mission), deadline: People.Deadline);
        Assert.Equal(State.Notified, notified.State);
        Assert.Equal(["audit.prepare"], await WorkAsync(insurer));
        var get = new GetDelegationRequest { DelegationId = delegation };

        try
        {
            MoveClock(TimeSpan.FromDays(4));
            await UntilAsync(insurer, mission, State.Open);
            Assert.Equal(delegation, (await Scene.Delegations(auditor).GetDelegationAsync(get, deadline: People.Deadline)).Id);
            MoveClock(TimeSpan.FromDays(6));
            await RefusedAsync(StatusCode.PermissionDenied, () => Scene.Delegations(auditor).GetDelegationAsync(get, deadline: People.Deadline).ResponseAsync);
            await UntilAsync(insurer, mission, State.Closed);
        }
        finally
        {
            MoveClock(TimeSpan.Zero);
        }
    }

    [PostgresFact]
    public async Task Who_is_no_auditor_cannot_be_named_as_one_and_who_has_another_role_is_none()
    {
        var (delegation, insurer, _) = await Scene.OpenDelegationAsync();
        var lawyer = await Scene.ColleagueAsync(insurer, Role.Auditor, Role.Legal);

        var recorder = await Scene.ComplianceAsync(insurer);

        var refused = await RefusedAsync(StatusCode.InvalidArgument, () => Audits(recorder).PlanAuditMissionAsync(
            AuditCalls.Plan(delegation.Id, auditors: lawyer.Id), deadline: People.Deadline).ResponseAsync);

        Assert.Contains("AUDITOR_ROLE_REQUIRED", refused.Trailers.Select(trailer => trailer.IsBinary ? System.Text.Encoding.Latin1.GetString(trailer.ValueBytes) : "").Aggregate(string.Concat), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task The_other_side_neither_announces_nor_ends_a_mission_and_what_was_given_up_does_not_open()
    {
        var (mission, insurer, tpa) = await Scene.PlannedMissionAsync();

        await RefusedAsync(StatusCode.FailedPrecondition, () => Audits(tpa).NotifyAuditMissionAsync(AuditCalls.Notify(mission), deadline: People.Deadline).ResponseAsync);
        var cancelled = await Audits(insurer).CancelAuditMissionAsync(AuditCalls.Cancel(mission), deadline: People.Deadline);
        Assert.Equal((State.Cancelled, "Reportée."), (cancelled.State, cancelled.EndReason));
        await RefusedAsync(StatusCode.FailedPrecondition, () => Audits(insurer).NotifyAuditMissionAsync(AuditCalls.Notify(cancelled), deadline: People.Deadline).ResponseAsync);
        await RefusedAsync(StatusCode.FailedPrecondition, () => Audits(insurer).CloseAuditMissionAsync(AuditCalls.Close(cancelled), deadline: People.Deadline).ResponseAsync);
    }

    [PostgresFact]
    public async Task Audits_go_on_after_the_end_and_money_does_not()
    {
        var (invoice, insurer, tpa) = await Scene.SubmittedAsync();
        var recorder = await Scene.ComplianceAsync(insurer);
        await EndAsync(invoice.DelegationId);

        var planned = await Audits(recorder).PlanAuditMissionAsync(AuditCalls.Plan(invoice.DelegationId), deadline: People.Deadline);
        var mission = await Audits(recorder).NotifyAuditMissionAsync(AuditCalls.Notify(planned), deadline: People.Deadline);
        var finding = await Scene.FollowUp(recorder).RecordFindingAsync(FollowUpCalls.Find(mission), deadline: People.Deadline);
        var answering = await Refusals.ThrownBy(new Invoices.InvoicesClient(Scene.As(insurer)).AnswerInvoiceAsync(
            Purse.Answer(invoice, accepted: false, "Volume non justifié", Purse.Euros(4_000_00)), deadline: People.Deadline));

        Assert.Equal((State.Open, mission.Id), (mission.State, finding.MissionId));
        Assert.Equal((StatusCode.FailedPrecondition, "DELEGATION_CLOSED"), answering.Kind());
        Assert.Equal("DELEGATION_NOT_FOUND", (await Refusals.ThrownBy(Audits(tpa).GetAuditMissionAsync(AuditCalls.Get(mission), deadline: People.Deadline))).Reason());
    }

    private V1.Audits.AuditsClient Audits(Actor actor) => new(Scene.As(actor));

    private async Task<(AuditMission Mission, Actor Insurer, Actor Auditor, string Delegation)> PlanAsync(int openIn = 0, int closeIn = 30)
    {
        var (delegation, insurer, _) = await Scene.OpenDelegationAsync();
        var recorder = await Scene.ComplianceAsync(insurer);
        var member = await Scene.ColleagueAsync(insurer, Role.Auditor);
        var plan = AuditCalls.Plan(delegation.Id, auditors: member.Id);
        plan.OpenDay = AuditCalls.Today.AddDays(openIn).ToString("O", CultureInfo.InvariantCulture);
        plan.CloseDay = AuditCalls.Today.AddDays(closeIn).ToString("O", CultureInfo.InvariantCulture);
        var mission = await Audits(recorder).PlanAuditMissionAsync(plan, deadline: People.Deadline);
        return (mission, recorder, new Actor(await SubjectAsync(member.Id)), delegation.Id);
    }

    private async Task EndAsync(string delegation)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(host.Database.AdminConnectionString);
        await using var command = source.CreateCommand(
            """
            WITH ended AS (UPDATE delegation SET state = 'closed' WHERE delegation_id = $1 RETURNING *)
            INSERT INTO departure SELECT delegate_id, delegation_id, owner_id FROM ended
            """);
        command.Parameters.Add(new() { Value = Guid.Parse(delegation) });
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> SubjectAsync(string member)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(host.Database.AdminConnectionString);
        await using var command = source.CreateCommand("SELECT subject FROM member WHERE member_id = $1");
        command.Parameters.Add(new() { Value = Guid.Parse(member) });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<IEnumerable<string>> WorkAsync(Actor insurer) =>
        (await host.OpenWorkAsync(insurer.Organization!.Value.ToString())).Select(work => work.Kind).Where(kind => kind.StartsWith("audit.", StringComparison.Ordinal));

    private Task UntilAsync(Actor insurer, AuditMission mission, State state) => Eventually.Async(async () =>
        (await Audits(insurer).GetAuditMissionAsync(AuditCalls.Get(mission), deadline: People.Deadline)).State == state);

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
