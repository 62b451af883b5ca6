using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Contracts.V1.JointVersion.Types.State;

namespace Delegation.Contracts.JointVersions;

/// <summary>The commands on versions that both sides validate. The delegation is locked and open; each saves with its entry and its work items.</summary>
internal static class JointCommands
{
    private static readonly Side[] Sides = [Side.Insurer, Side.Delegate];

    public static async Task<Outcome<JointVersionRow>> ProposeAsync(
        TenantSession session,
        JointKind kind,
        SharedDelegation delegation,
        Guid? subjectId,
        Guid? aboutId,
        JointContent content,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var series = await session.FindSeriesAsync(kind, delegation, subjectId, cancellationToken);
        if (subjectId is not null && series.Next == 1)
            return JointRefusals.SubjectNotFound<JointVersionRow>(kind);

        if (series.IsOpen)
            return JointRefusals.ProposalOpen;

        if (subjectId is null && series.Subjects >= kind.Most)
            return JointRefusals.TooMany(kind);

        var proposed = JointMoves.Propose(kind, delegation, subjectId, aboutId, series.Next, content, session.Caller.Side, clock.GetUtcNow());
        await session.InsertVersionAsync(proposed, cancellationToken);
        return await ToldAsync(session, kind, JointMove.Proposed, proposed, clock, cancellationToken);
    }

    public static async Task<Outcome<JointVersionRow>> ChangeAsync(
        TenantSession session, JointKind kind, JointVersionRow version, JointContent content, TimeProvider clock, CancellationToken cancellationToken) =>
        await SaveAsync(session, kind, JointMove.Changed, JointMoves.Change(version, content), clock, cancellationToken);

    public static async Task<Outcome<JointVersionRow>> ConsentAsync(
        TenantSession session,
        JointKind kind,
        SharedDelegation delegation,
        JointVersionRow version,
        string etag,
        IReadOnlyList<FieldViolation> broken,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var former = await session.FindValidatedAsync(kind, delegation, version.SubjectId, cancellationToken);
        var now = clock.GetUtcNow();
        return await JointMoves.Consent(version, session.Caller, etag, broken, former, now).ThenAsync(async consented =>
        {
            if (!consented.IsIn(State.Validated))
                return await SaveAsync(session, kind, JointMove.Consented, consented, clock, cancellationToken);

            if (former is not null)
                await SaveAsync(session, kind, JointMove.Superseded, JointMoves.Supersede(former, consented, now), clock, cancellationToken);

            return await SaveAsync(session, kind, JointMove.Validated, consented, clock, cancellationToken);
        });
    }

    /// <summary>The consent of the caller's side, where nothing outside a version can stand against it.</summary>
    public static Task<Outcome<JointVersionRow>> ValidateAsync(
        TenantSession session, JointKind kind, string delegationId, string versionId, string etag, TimeProvider clock, CancellationToken cancellationToken) =>
        LockAsync(session, kind, delegationId, versionId, (delegation, version) =>
            ConsentAsync(session, kind, delegation, version, etag, [], clock, cancellationToken), cancellationToken);

    public static Task<Outcome<JointVersionRow>> WithdrawAsync(
        TenantSession session, JointKind kind, string delegationId, string versionId, string etag, TimeProvider clock, CancellationToken cancellationToken) =>
        LockAsync(session, kind, delegationId, versionId, (_, version) => JointMoves.Withdraw(version, etag).ThenAsync(withdrawn =>
            SaveAsync(session, kind, JointMove.Withdrawn, withdrawn, clock, cancellationToken)), cancellationToken);

    /// <summary>Locks an open delegation of the caller for a command on one version of it.</summary>
    public static Task<Outcome<JointVersionRow>> LockAsync(
        TenantSession session,
        JointKind kind,
        string delegationId,
        string versionId,
        Func<SharedDelegation, JointVersionRow, Task<Outcome<JointVersionRow>>> command,
        CancellationToken cancellationToken) =>
        SharedObjectIds.Read(delegationId, $"{kind.ObjectType}_id", versionId).ThenAsync(async ids =>
            await (await session.LockSharedDelegationAsync(ids.Delegation, cancellationToken)).ThenAsync(async delegation =>
                await session.FindVersionAsync(kind, delegation, ids.Object, cancellationToken) is { } version
                    ? delegation.Closed<JointVersionRow>() ?? await command(delegation, version)
                    : JointRefusals.NotFound(kind)));

    private static async Task<Outcome<JointVersionRow>> SaveAsync(
        TenantSession session, JointKind kind, JointMove move, JointVersionRow version, TimeProvider clock, CancellationToken cancellationToken)
    {
        await session.SaveVersionAsync(version, cancellationToken);
        return await ToldAsync(session, kind, move, version, clock, cancellationToken);
    }

    private static async Task<Outcome<JointVersionRow>> ToldAsync(
        TenantSession session, JointKind kind, JointMove move, JointVersionRow version, TimeProvider clock, CancellationToken cancellationToken)
    {
        await session.AppendAsync(
            new JournalEvent(
                version.OwnerId,
                version.DelegationId,
                version.DelegateId,
                Visibility.Both,
                kind.ObjectType,
                version.Id,
                version.Revision,
                kind.Happened(move, version, session.Caller.Side)),
            clock,
            cancellationToken);

        foreach (var side in Sides)
        {
            var key = new WorkItemKey($"{kind.Code}.validate", kind.ObjectType, version.Id, side);
            if (version.IsIn(State.Proposed) && !version.HasConsentOf(side))
                await session.OpenWorkItemAsync(Validate(key, kind.Name(version), version), clock, cancellationToken);
            else
                await session.CloseWorkItemAsync(key, clock, cancellationToken);
        }

        return new Outcome<JointVersionRow>.Accepted(version);
    }

    private static OpenWork Validate(WorkItemKey key, LocalizedText name, JointVersionRow version) => new(
        key, version.OwnerId, version.DelegationId, version.DelegateId, new($"Validate {name.English}", $"Valider {name.French}"))
    {
        Roles = [Role.DelegationManager],
        DueDay = version.EffectiveDay,
    };
}
