using Delegation.Contracts.Audits.Pack;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Google.Api;
using Grpc.Core;
using State = Delegation.Contracts.V1.AuditMission.Types.State;

namespace Delegation.Contracts.Audits;

/// <summary>The rpcs of <c>delegation.contracts.v1.Audits</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class AuditsService(CommandRunner commands, AuditCommands audits, EvidencePack pack, TenantSessions sessions, TimeProvider clock) : V1.Audits.AuditsBase
{
    public override async Task<AuditMission> GetAuditMission(GetAuditMissionRequest request, ServerCallContext context)
    {
        var ids = SharedObjectIds.Read(request.DelegationId, "mission_id", request.MissionId).ValueOrStatus();
        return (await FindAsync(ids, context)).Mission.ToMessage();
    }

    public override async Task<ListAuditMissionsResponse> ListAuditMissions(ListAuditMissionsRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListMissionsAsync(delegation, asked.Page, context.CancellationToken);
        return new() { Missions = { page.Items.Select(mission => mission.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task DownloadEvidencePack(DownloadEvidencePackRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        var ids = SharedObjectIds.Read(request.DelegationId, "mission_id", request.MissionId).ValueOrStatus();
        var (mission, delegation) = await FindAsync(ids, context);
        await pack.SendAsync((mission.IsIn(State.Open) && clock.GetUtcNow().UtcDateTime < mission.AccessEnd ? new Outcome<AuditMissionRow>.Accepted(mission) : AuditRefusals.NotOpen<AuditMissionRow>()).ValueOrStatus(), delegation, responseStream, context);
    }

    public override Task<AuditMission> PlanAuditMission(PlanAuditMissionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => audits.PlanAsync(session, request, cancellationToken));

    public override Task<AuditMission> NotifyAuditMission(NotifyAuditMissionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => audits.NotifyAsync(session, request, cancellationToken));

    public override Task<AuditMission> CloseAuditMission(CloseAuditMissionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => audits.CloseAsync(session, request, cancellationToken));

    public override Task<AuditMission> CancelAuditMission(CancelAuditMissionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => audits.CancelAsync(session, request, cancellationToken));

    private async Task<(AuditMissionRow Mission, SharedDelegation Delegation)> FindAsync(SharedObjectIds ids, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(ids.Delegation, context.CancellationToken)).ValueOrStatus();
        return ((await session.FindMissionAsync(delegation, ids.Object, context.CancellationToken)).ValueOrStatus(), delegation);
    }
}
