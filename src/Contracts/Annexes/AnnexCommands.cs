using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Files;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;

namespace Delegation.Contracts.Annexes;

/// <summary>The commands on annexes: each locks delegation and annex, loads, decides, and saves with entries and work items.</summary>
internal sealed class AnnexCommands(TimeProvider clock)
{
    public async Task<Outcome<Annex>> RequestAsync(TenantSession session, RequestAnnexRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        if (IdField.Read("delegation_id", request.DelegationId, violations) is not { } delegationId)
            return new Outcome<Annex>.Invalid(violations);

        return await (await session.LockSharedDelegationAsync(delegationId, cancellationToken)).ThenAsync(async delegation =>
        {
            var now = clock.GetUtcNow();
            return await Requesting.Request(request, delegation, NewId.At(now), now).ThenAsync(async annex =>
            {
                var inserted = await session.InsertAnnexAsync(annex, cancellationToken) ? new Outcome<AnnexRow>.Accepted(annex) : AnnexRefusals.Exists;
                return await inserted.ThenAsync(row => AnsweredAsync(session, row, new AnnexRequested { Annex = row.ToMessage() }, cancellationToken));
            });
        });
    }

    /// <summary>Stores a file that was received and found right. The bytes go in before anything is locked: other commands do not wait for them.</summary>
    public async Task<Outcome<AnnexVersion>> UploadAsync(TenantSession session, Upload upload, ReceivedFile file, CancellationToken cancellationToken) =>
        await (await session.FindSharedDelegationAsync(upload.Ids.Delegation, cancellationToken)).ThenAsync(async found =>
        {
            var now = clock.GetUtcNow();
            var side = session.Caller.Side;
            var version = new AnnexVersionRow
            {
                OwnerId = found.InsurerId,
                DelegationId = found.Id,
                DelegateId = found.DelegateId,
                AnnexId = upload.Ids.Object,
                Id = NewId.At(now),
                FileId = NewId.At(now),
                Side = side.Code(),
                Visibility = side.Code(),
                FileName = upload.File.Name,
                ContentType = upload.File.Type.MediaType,
                SizeBytes = file.Size,
                Sha256 = file.Sha256,
                PersonId = session.Caller.PersonId,
                UploadTime = now.InMicroseconds(),
                Revision = 1,
            };
            await session.StoreFileAsync(version.Party, version.FileId, file, version.UploadTime, cancellationToken);

            return await (await session.LockSharedDelegationAsync(found.Id, cancellationToken)).ThenAsync(async delegation =>
                await (await session.LockAnnexAsync(delegation, upload.Ids.Object, cancellationToken)).ThenAsync(async annex =>
                {
                    if ((delegation.Closed<AnnexVersion>() ?? AnnexRefusals.NotProvidedBy<AnnexVersion>(annex, side)) is { } refusal)
                        return refusal;

                    await session.InsertVersionAsync(version, cancellationToken);
                    await session.AppendVersionAsync(version, new AnnexVersionUploaded { Version = version.ToMessage() }, clock, cancellationToken);
                    return new Outcome<AnnexVersion>.Accepted(version.ToMessage());
                }));
        });

    public Task<Outcome<AnnexVersion>> HandOverAsync(TenantSession session, HandOverAnnexVersionRequest request, CancellationToken cancellationToken) =>
        LockedAsync(
            session, request.DelegationId, request.AnnexId, request.VersionId, annex => AnnexRefusals.NotProvidedBy<AnnexVersion>(annex, session.Caller.Side),
            async (annex, draft) =>
            {
                var number = await session.NextVersionNumberAsync(annex, cancellationToken);
                return await AnnexMoves.HandOver(request, draft, number, clock.GetUtcNow()).ThenAsync<AnnexVersion>(async version =>
                {
                    await session.ShareFileAsync(version.Party, version.FileId, cancellationToken);
                    await session.SaveVersionAsync(version, cancellationToken);
                    await session.AppendVersionAsync(version, new AnnexVersionHandedOver { Version = version.ToMessage() }, clock, cancellationToken);
                    var received = AnnexMoves.Received(annex, version);
                    await session.SaveAnnexAsync(received, cancellationToken);
                    await AnsweredAsync(session, received, new AnnexReceived { Annex = received.ToMessage() }, cancellationToken);
                    return new Outcome<AnnexVersion>.Accepted(version.ToMessage());
                });
            },
            cancellationToken);

    public Task<Outcome<Annex>> ReviewAsync(TenantSession session, ReviewAnnexVersionRequest request, CancellationToken cancellationToken) =>
        LockedAsync(
            session, request.DelegationId, request.AnnexId, request.VersionId, annex => AnnexRefusals.NotReceivedBy<Annex>(annex, session.Caller.Side),
            (annex, version) => AnnexMoves.Review(request, annex, version, session.Caller, clock.GetUtcNow()).ThenAsync(async reviewed =>
            {
                await session.SaveAnnexAsync(reviewed, cancellationToken);
                var happened = new AnnexReviewed { Annex = reviewed.ToMessage(), Review = reviewed.ReadReviews()[^1] };
                return await AnsweredAsync(session, reviewed, happened, cancellationToken);
            }),
            cancellationToken);

    public Task<Outcome<Annex>> ApproveAsync(TenantSession session, ApproveAnnexVersionRequest request, CancellationToken cancellationToken) =>
        LockedAsync(
            session, request.DelegationId, request.AnnexId, request.VersionId, annex => AnnexRefusals.NotReceivedBy<Annex>(annex, session.Caller.Side),
            (annex, version) => AnnexMoves.Approve(request, annex, version, clock.GetUtcNow()).ThenAsync(async approved =>
            {
                await session.SaveAnnexAsync(approved, cancellationToken);
                var happened = new AnnexApproved { Annex = approved.ToMessage(), Version = version.ToMessage() };
                return await AnsweredAsync(session, approved, happened, cancellationToken);
            }),
            cancellationToken);

    private static Task<Outcome<T>> LockedAsync<T>(
        TenantSession session,
        string delegationId,
        string annexId,
        string versionId,
        Func<AnnexRow, Outcome<T>?> refusal,
        Func<AnnexRow, AnnexVersionRow, Task<Outcome<T>>> command,
        CancellationToken cancellationToken) =>
        VersionIds.Read(delegationId, annexId, versionId).ThenAsync(async ids =>
            await (await session.LockSharedDelegationAsync(ids.Delegation, cancellationToken)).ThenAsync(async delegation =>
                await (await session.LockAnnexAsync(delegation, ids.Annex, cancellationToken)).ThenAsync(async annex =>
                    delegation.Closed<T>() ?? refusal(annex) ?? await (await session.FindVersionAsync(annex, ids.Version, cancellationToken)).ThenAsync(version => command(annex, version)))));

    private async Task<Outcome<Annex>> AnsweredAsync(TenantSession session, AnnexRow annex, IMessage happened, CancellationToken cancellationToken)
    {
        await session.AppendAnnexAsync(annex, happened, clock, cancellationToken);
        await session.PlanDeadlinesAsync(annex, cancellationToken);
        return new Outcome<Annex>.Accepted(annex.ToMessage());
    }
}
