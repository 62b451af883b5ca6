using Delegation.Contracts.ControlPlans;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.EvidenceFiles;
using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;
using MissionState = Delegation.Contracts.V1.AuditMission.Types.State;

namespace Delegation.Contracts.Audits.FollowUp;

/// <summary>The commands on requests and findings: each locks delegation and object, decides, and saves with entries, work items and deadlines.</summary>
internal sealed class FollowUpCommands(TimeProvider clock)
{
    public Task<Outcome<EvidenceRequest>> AskAsync(TenantSession session, AskEvidenceRequest request, CancellationToken cancellationToken) => OfMissionAsync(
        session, request.DelegationId, request.MissionId,
        mission => mission.IsIn(MissionState.Open) ? FollowUpMoves.Ask(request, mission, Fresh(), clock.GetUtcNow()) : AuditRefusals.NotOpen<EvidenceRow>(),
        async asked =>
        {
            await session.InsertRequestAsync(asked, cancellationToken);
            return await SavedAsync(session, asked, new EvidenceAsked { Request = asked.ToMessage() }, cancellationToken);
        },
        cancellationToken);

    /// <summary>Stores a file that was received and found right. The bytes go in before anything is locked: other commands do not wait for them.</summary>
    public async Task<Outcome<EvidenceRequest>> AttachAsync(TenantSession session, Attachment attachment, ReceivedFile file, CancellationToken cancellationToken) =>
        await (await session.FindSharedDelegationAsync(attachment.Ids.Delegation, cancellationToken)).ThenAsync(async found =>
        {
            var told = await session.StoreEvidenceAsync(found, Visibility.Both, attachment, file, clock.GetUtcNow(), cancellationToken);
            return await OfRequestAsync(
                session, attachment.Ids, request => FollowUpRefusals.NotAsked(request, session.Caller.Side) ?? FollowUpMoves.Attach(request, told),
                attached => new EvidenceAttached { Request = attached.ToMessage() }, cancellationToken);
        });

    public Task<Outcome<EvidenceRequest>> AnswerAsync(TenantSession session, AnswerEvidenceRequest request, CancellationToken cancellationToken) =>
        SharedObjectIds.Read(request.DelegationId, "evidence_request_id", request.EvidenceRequestId).ThenAsync(ids => OfRequestAsync(
            session, ids, asked => FollowUpRefusals.NotAsked(asked, session.Caller.Side) ?? FollowUpMoves.Answer(asked, request.Answer, clock.GetUtcNow()),
            answered => new EvidenceAnswered { Request = answered.ToMessage() }, cancellationToken));

    public Task<Outcome<EvidenceRequest>> AcceptAsync(TenantSession session, AcceptEvidenceRequest request, CancellationToken cancellationToken) =>
        SharedObjectIds.Read(request.DelegationId, "evidence_request_id", request.EvidenceRequestId).ThenAsync(ids => OfRequestAsync(
            session, ids,
            asked => FollowUpRefusals.NotAsking(asked, session.Caller.Side) ?? Etag.Mismatch<EvidenceRow>(request.Etag, asked.Id, asked.Revision) ?? FollowUpMoves.Accept(asked),
            accepted => new EvidenceAccepted { Request = accepted.ToMessage() }, cancellationToken));

    /// <summary>Of a control where the request names one, else of a mission.</summary>
    public Task<Outcome<AuditFinding>> RecordAsync(TenantSession session, RecordFindingRequest request, CancellationToken cancellationToken)
    {
        if (FollowUpMoves.Unclear(request) is { } unclear)
            return Task.FromResult<Outcome<AuditFinding>>(unclear);

        return request.ControlId.Length > 0
            ? OfControlAsync(session, request, cancellationToken)
            : OfMissionAsync(
                session, request.DelegationId, request.MissionId,
                mission => FollowUpMoves.HasOpened(mission)
                    ? FollowUpMoves.Record(request, FindingSource.Of(mission), Fresh(), clock.GetUtcNow())
                    : AuditRefusals.NotOpen<FindingRow>(),
                recorded => InsertedAsync(session, recorded, cancellationToken),
                cancellationToken);
    }

    public Task<Outcome<AuditFinding>> PlanAsync(TenantSession session, SetCorrectivePlanRequest request, CancellationToken cancellationToken) => OfFindingAsync(
        session, request.DelegationId, request.FindingId, request.Etag,
        finding => FollowUpRefusals.NotAudited(finding, session.Caller.Side), finding => FollowUpMoves.Plan(finding, request, clock.GetUtcNow()),
        planned => new CorrectivePlanSet { Finding = planned.ToMessage() }, cancellationToken);

    public Task<Outcome<AuditFinding>> CompleteAsync(TenantSession session, CompletePlanRequest request, CancellationToken cancellationToken) => OfFindingAsync(
        session, request.DelegationId, request.FindingId, request.Etag,
        finding => FollowUpRefusals.NotAudited(finding, session.Caller.Side), finding => FollowUpMoves.Complete(finding, request.Outcome),
        done => new CorrectivePlanDone { Finding = done.ToMessage() }, cancellationToken);

    public Task<Outcome<AuditFinding>> ValidateAsync(TenantSession session, ValidateClosureRequest request, CancellationToken cancellationToken) => OfFindingAsync(
        session, request.DelegationId, request.FindingId, request.Etag,
        finding => FollowUpRefusals.OfYourSide(finding, session.Caller.Side), finding => FollowUpMoves.Validate(finding, request, clock.GetUtcNow()),
        validated => request.Closed ? new FindingClosed { Finding = validated.ToMessage() } : new FindingClosureRefused { Finding = validated.ToMessage() }, cancellationToken);

    private Guid Fresh() => NewId.At(clock.GetUtcNow());

    private static Task<Outcome<TAnswer>> OfMissionAsync<TRow, TAnswer>(
        TenantSession session, string delegationId, string missionId, Func<AuditMissionRow, Outcome<TRow>> make, Func<TRow, Task<Outcome<TAnswer>>> save,
        CancellationToken cancellationToken) =>
        session.LockSharedDelegationAsync(
            delegationId, "mission_id", missionId,
            async (delegation, id) => await (await session.LockMissionAsync(delegation, id, cancellationToken)).ThenAsync(async mission =>
                await (AuditRefusals.OfTheOtherSide(mission, session.Caller.Side) ?? new Outcome<AuditMissionRow>.Accepted(mission)).ThenAsync(async own =>
                    await make(own).ThenAsync(save))),
            cancellationToken);

    private Task<Outcome<AuditFinding>> OfControlAsync(TenantSession session, RecordFindingRequest request, CancellationToken cancellationToken) =>
        session.LockSharedDelegationAsync(
            request.DelegationId, "control_id", request.ControlId,
            async (delegation, id) => await (await session.LockControlAsync(delegation, id, cancellationToken)).ThenAsync(async control =>
                await FollowUpRefusals.NotFinding(control, session.Caller.Side).ThenAsync(async found =>
                    await FollowUpMoves.Record(request, FindingSource.Of(found), Fresh(), clock.GetUtcNow()).ThenAsync(async recorded =>
                    {
                        await session.CloseFindingWorkAsync(found, clock, cancellationToken);
                        return await InsertedAsync(session, recorded, cancellationToken);
                    }))),
            cancellationToken);

    private async Task<Outcome<AuditFinding>> InsertedAsync(TenantSession session, FindingRow recorded, CancellationToken cancellationToken)
    {
        await session.InsertFindingAsync(recorded, cancellationToken);
        return await SavedAsync(session, recorded, new FindingRecorded { Finding = recorded.ToMessage() }, cancellationToken);
    }

    private async Task<Outcome<EvidenceRequest>> OfRequestAsync(
        TenantSession session, SharedObjectIds ids, Func<EvidenceRow, Outcome<EvidenceRow>> move, Func<EvidenceRow, IMessage> happened, CancellationToken cancellationToken) =>
        await (await session.LockSharedDelegationAsync(ids.Delegation, cancellationToken)).ThenAsync(async delegation =>
            await (await session.FindRequestAsync(delegation, ids.Object, isLocked: true, cancellationToken)).ThenAsync(async request =>
                await move(request).ThenAsync(async moved =>
                {
                    await session.SaveRequestAsync(moved, cancellationToken);
                    return await SavedAsync(session, moved, happened(moved), cancellationToken);
                })));

    private Task<Outcome<AuditFinding>> OfFindingAsync(
        TenantSession session, string delegationId, string findingId, string etag, Func<FindingRow, Outcome<FindingRow>?> refusal, Func<FindingRow, Outcome<FindingRow>> move,
        Func<FindingRow, IMessage> happened, CancellationToken cancellationToken) =>
        session.LockSharedDelegationAsync(
            delegationId, "finding_id", findingId,
            async (delegation, id) => await (await session.LockFindingAsync(delegation, id, cancellationToken)).ThenAsync(async finding =>
                await (refusal(finding) ?? Etag.Mismatch<FindingRow>(etag, finding.Id, finding.Revision) ?? move(finding)).ThenAsync(async moved =>
                {
                    await session.SaveFindingAsync(moved, cancellationToken);
                    return await SavedAsync(session, moved, happened(moved), cancellationToken);
                })),
            cancellationToken);

    private async Task<Outcome<EvidenceRequest>> SavedAsync(TenantSession session, EvidenceRow request, IMessage happened, CancellationToken cancellationToken)
    {
        await session.AppendRequestAsync(request, happened, clock, cancellationToken);
        await session.PlanDeadlineAsync(EvidenceDeadlines.WorkKind, (request.OwnerId, request.DelegationId, request.Id), FollowUpMoves.Next(request), cancellationToken);
        return new Outcome<EvidenceRequest>.Accepted(request.ToMessage());
    }

    private async Task<Outcome<AuditFinding>> SavedAsync(TenantSession session, FindingRow finding, IMessage happened, CancellationToken cancellationToken)
    {
        await session.AppendFindingAsync(finding, happened, clock, cancellationToken);
        await session.PlanDeadlineAsync(PlanDeadlines.WorkKind, (finding.OwnerId, finding.DelegationId, finding.Id), FollowUpMoves.Next(finding), cancellationToken);
        return new Outcome<AuditFinding>.Accepted(finding.ToMessage());
    }
}
