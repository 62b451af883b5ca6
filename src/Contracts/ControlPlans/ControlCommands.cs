using Delegation.Contracts.Delegations;
using Delegation.Contracts.EvidenceFiles;
using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;

namespace Delegation.Contracts.ControlPlans;

/// <summary>The commands on controls: each locks delegation and control, decides, and saves with entry, work items and the next look at its day.</summary>
internal sealed class ControlCommands(TimeProvider clock)
{
    /// <summary>Stores a file that was received and found right. The bytes go in before anything is locked: other commands do not wait for them.</summary>
    public async Task<Outcome<Control>> AttachAsync(TenantSession session, Attachment attachment, ReceivedFile file, CancellationToken cancellationToken) =>
        await (await session.FindSharedDelegationAsync(attachment.Ids.Delegation, cancellationToken)).ThenAsync(async found =>
        {
            var told = await session.StoreEvidenceAsync(found, Visibility.Both, attachment, file, clock.GetUtcNow(), cancellationToken);
            return await OfControlAsync(
                session, attachment.Ids, control => Executing.Attach(control, told, session.Caller), changed => new ControlEvidenceAttached { Control = changed }, etag: null,
                cancellationToken);
        });

    public Task<Outcome<Control>> ExecuteAsync(TenantSession session, ExecuteControlRequest request, CancellationToken cancellationToken) =>
        SharedObjectIds.Read(request.DelegationId, "control_id", request.ControlId).ThenAsync(ids => OfControlAsync(
            session, ids, control => Executing.Execute(control, request, session.Caller, clock.GetUtcNow()), changed => new ControlExecuted { Control = changed }, request.Etag,
            cancellationToken));

    private async Task<Outcome<Control>> OfControlAsync(
        TenantSession session, SharedObjectIds ids, Func<Control, Outcome<Control>> move, Func<Control, IMessage> happened, string? etag, CancellationToken cancellationToken) =>
        await (await session.LockSharedDelegationAsync(ids.Delegation, cancellationToken)).ThenAsync(async delegation =>
            await (await session.LockControlAsync(delegation, ids.Object, cancellationToken)).ThenAsync(async row =>
                await (delegation.Closed<Control>() ?? (etag is null ? null : Etag.Mismatch<Control>(etag, row.Id, row.Revision)) ?? move(row.Read())).ThenAsync(async moved =>
                {
                    var changed = row.With(moved);
                    await session.SaveControlAsync(changed, cancellationToken);
                    await session.AppendControlAsync(changed, happened(changed.ToMessage()), clock, cancellationToken);
                    await session.PlanNextAsync(changed, clock.GetUtcNow(), cancellationToken);
                    return (Outcome<Control>)new Outcome<Control>.Accepted(changed.ToMessage());
                })));
}
