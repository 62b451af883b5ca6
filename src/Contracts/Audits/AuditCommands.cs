using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Audits;

/// <summary>The commands on missions: each locks delegation and mission, decides, and saves with entries, work items and the next look at the days.</summary>
internal sealed class AuditCommands(TimeProvider clock)
{
    private const int LongestReason = 500;

    public async Task<Outcome<AuditMission>> PlanAsync(TenantSession session, PlanAuditMissionRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var named = ReadAuditors(request, violations);
        if (delegationId is null)
            return new Outcome<AuditMission>.Invalid(violations);

        return await (await session.LockSharedDelegationAsync(delegationId.Value, cancellationToken)).ThenAsync(async delegation =>
        {
            var now = clock.GetUtcNow();
            var ground = await AuditGround.ReadAsync(session, delegation, request.Kind, ParisDays.DayAt(now), cancellationToken);
            var auditors = await session.FindAuditorsAsync(named, cancellationToken);
            return await Planning.Plan(request, delegation, session.Caller.Side, ground, auditors, NewId.At(now), now, violations).ThenAsync<AuditMission>(async mission =>
            {
                await session.InsertMissionAsync(mission, cancellationToken);
                await session.AppendMissionAsync(mission, clock, cancellationToken);
                return new Outcome<AuditMission>.Accepted(mission.ToMessage());
            });
        });
    }

    public Task<Outcome<AuditMission>> NotifyAsync(TenantSession session, NotifyAuditMissionRequest request, CancellationToken cancellationToken) => MoveAsync(
        session, request.DelegationId, request.MissionId, request.Etag, mission => AuditMoves.Notify(mission, clock.GetUtcNow()), cancellationToken);

    public Task<Outcome<AuditMission>> CloseAsync(TenantSession session, CloseAuditMissionRequest request, CancellationToken cancellationToken) => EndAsync(
        session, request.DelegationId, request.MissionId, request.Reason, request.Etag, AuditMoves.Close, cancellationToken);

    public Task<Outcome<AuditMission>> CancelAsync(TenantSession session, CancelAuditMissionRequest request, CancellationToken cancellationToken) => EndAsync(
        session, request.DelegationId, request.MissionId, request.Reason, request.Etag, AuditMoves.Cancel, cancellationToken);

    private static List<Guid> ReadAuditors(PlanAuditMissionRequest request, List<FieldViolation> violations)
    {
        var ids = new List<Guid>();
        foreach (var (place, id) in request.AuditorIds.Index())
            if (IdField.Read($"auditor_ids[{place}]", id, []) is { } read)
                ids.Add(read);

        if (request.AuditorIds.Count > Planning.MostAuditors)
            violations.Add(new("auditor_ids", "AUDITOR_IDS_TOO_MANY", new("A mission has at most 20 auditors.", "Une mission compte 20 auditeurs au plus."), new("Name fewer.", "Désignez-en moins.")));
        else if (ids.Distinct().Count() < request.AuditorIds.Count)
            violations.Add(new("auditor_ids", "AUDITOR_IDS_MALFORMED", new("Somebody is named twice, or by what is no id.", "Une personne est citée deux fois, ou par ce qui n'est pas un identifiant."), new("Give the ids of members, each once.", "Indiquez des identifiants de membres, chacun une fois.")));

        return ids;
    }

    private Task<Outcome<AuditMission>> EndAsync(
        TenantSession session, string delegationId, string missionId, string reason, string etag,
        Func<AuditMissionRow, string, DateTimeOffset, Outcome<AuditMissionRow>> end, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var why = TextField.ReadLine("reason", reason, LongestReason, violations);
        return MoveAsync(
            session, delegationId, missionId, etag,
            mission => violations.Count > 0 ? new Outcome<AuditMissionRow>.Invalid(violations) : end(mission, why!, clock.GetUtcNow()),
            cancellationToken);
    }

    private Task<Outcome<AuditMission>> MoveAsync(
        TenantSession session, string delegationId, string missionId, string etag, Func<AuditMissionRow, Outcome<AuditMissionRow>> move, CancellationToken cancellationToken) =>
        session.LockSharedDelegationAsync(
            delegationId, "mission_id", missionId,
            async (delegation, id) => await (await session.LockMissionAsync(delegation, id, cancellationToken)).ThenAsync(async mission =>
                await (AuditRefusals.OfTheOtherSide(mission, session.Caller.Side) ?? Etag.Mismatch<AuditMissionRow>(etag, mission.Id, mission.Revision) ?? move(mission)).ThenAsync(
                    moved => SavedAsync(session, moved, cancellationToken))),
            cancellationToken);

    // One whose first day has come opens with the notification: no clock has to strike in between.
    private async Task<Outcome<AuditMission>> SavedAsync(TenantSession session, AuditMissionRow moved, CancellationToken cancellationToken)
    {
        await session.SaveMissionAsync(moved, cancellationToken);
        await session.AppendMissionAsync(moved, clock, cancellationToken);
        var next = AuditMoves.AtTime(moved, clock.GetUtcNow());
        if (next.Revision > moved.Revision)
        {
            await session.SaveMissionAsync(next, cancellationToken);
            await session.AppendMissionAsync(next, clock, cancellationToken);
        }

        await session.PlanWindowAsync(next, cancellationToken);
        return new Outcome<AuditMission>.Accepted(next.ToMessage());
    }
}
