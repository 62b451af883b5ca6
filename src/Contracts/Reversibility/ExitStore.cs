using Delegation.Contracts.Delegations;
using Delegation.Contracts.Finance;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Reversibility;

/// <summary>Exits in the database.</summary>
internal static class ExitStore
{
    private const string Columns =
        "SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, exit_id AS id, document::text AS document, revision FROM delegation_exit";

    private const string OfDelegation = "owner_id = @InsurerId AND delegation_id = @Id";

    public static Task<ExitRow?> FindExitAsync(this TenantSession session, SharedDelegation delegation, Guid exitId, CancellationToken cancellationToken) =>
        session.FindAsync<ExitRow>($"{Columns} WHERE {OfDelegation} AND exit_id = @exitId", new { delegation.InsurerId, delegation.Id, exitId }, cancellationToken);

    /// <summary>The exit of a request, with its delegation.</summary>
    /// <exception cref="Grpc.Core.RpcException">Its ids are none (INVALID_ARGUMENT), or there is no such exit for the caller (NOT_FOUND).</exception>
    public static async Task<(SharedDelegation Delegation, ExitRow Exit)> FindExitAsync(
        this TenantSession session, string delegationId, string exitId, CancellationToken cancellationToken)
    {
        var ids = SharedObjectIds.Read(delegationId, "exit_id", exitId).ValueOrStatus();
        var delegation = (await session.FindSharedDelegationAsync(ids.Delegation, cancellationToken)).ValueOrStatus();
        return (delegation, await session.FindExitAsync(delegation, ids.Object, cancellationToken) ?? ExitRefusals.NotFound.ValueOrStatus());
    }

    /// <summary>An exit under its lock: what runs without a caller changes it too, and holds no lock of the delegation.</summary>
    public static Task<ExitRow?> LockExitAsync(this TenantSession session, SharedDelegation delegation, Guid exitId, CancellationToken cancellationToken) =>
        session.FindAsync<ExitRow>(
            $"{Columns} WHERE {OfDelegation} AND exit_id = @exitId FOR NO KEY UPDATE", new { delegation.InsurerId, delegation.Id, exitId }, cancellationToken);

    public static Task<ExitRow?> LockExitAsync(this SystemSession session, Guid ownerId, Guid exitId, CancellationToken cancellationToken) =>
        session.FindAsync<ExitRow>($"{Columns} WHERE owner_id = @ownerId AND exit_id = @exitId FOR NO KEY UPDATE", new { ownerId, exitId }, cancellationToken);

    /// <summary>The exit that goes on or is over; none when there was none, or it was called off.</summary>
    public static Task<ExitRow?> FindCurrentExitAsync(this TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken) =>
        session.FindAsync<ExitRow>($"{Columns} WHERE {OfDelegation} AND state <> 'called_off'", new { delegation.InsurerId, delegation.Id }, cancellationToken);

    public static async Task<Page<ExitRow>> ListExitsAsync(this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<ExitRow>(
            $"{Columns} WHERE {OfDelegation} AND (@after::uuid IS NULL OR exit_id < @after) ORDER BY exit_id DESC LIMIT @Limit",
            new { delegation.InsurerId, delegation.Id, after = page.After?.Id, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    /// <summary>What an exit is judged by. The funds only count, and are only looked up, when the run-off ends.</summary>
    public static async Task<ExitSituation> FindSituationAsync(
        this TenantSession session, SharedDelegation delegation, Exit exit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = ParisDays.DayAt(now);
        if (exit.Phase != ExitPhase.RunOff)
            return new ExitSituation(today, 0, 0);

        var sums = await session.SumFundsAsync(delegation, today, today, today, cancellationToken);
        return new ExitSituation(today, sums.Advance, sums.Unreimbursed);
    }

    public static Task InsertExitAsync(this TenantSession session, ExitRow exit, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO delegation_exit (owner_id, delegation_id, delegate_id, exit_id, state, phase, document, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @State, @Phase, @Document::jsonb, @Revision)
        """,
        exit,
        cancellationToken);

    public static Task InsertArchiveAsync(this TenantSession session, ExitRow exit, string manifest, DateTime now, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO exit_archive (owner_id, delegation_id, delegate_id, exit_id, side, manifest_sha256, person_id, create_time)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @side, @manifest, @PersonId, @now)
        ON CONFLICT (owner_id, delegation_id, exit_id, side, manifest_sha256) DO NOTHING
        """,
        new { exit.OwnerId, exit.DelegationId, exit.DelegateId, exit.Id, side = session.Caller.Side.Code(), manifest, session.Caller.PersonId, now },
        cancellationToken);

    /// <summary>Whether an archive with this manifest was given to the caller's side.</summary>
    public static async Task<bool> IsArchiveKnownAsync(
        this TenantSession session, string delegationId, string exitId, string manifest, CancellationToken cancellationToken) =>
        await session.FindAsync<bool>(
            $"""
            SELECT EXISTS (
                SELECT FROM exit_archive
                WHERE {DelegationQueries.PartyColumn(session.Caller.Side)} = @OrganizationId AND delegation_id = @delegation AND exit_id = @exit AND side = @side
                  AND manifest_sha256 = @manifest)
            """,
            new { session.Caller.OrganizationId, delegation = Guid.Parse(delegationId), exit = Guid.Parse(exitId), side = session.Caller.Side.Code(), manifest },
            cancellationToken);

    public static Task SaveExitAsync(this DatabaseSession session, ExitRow exit, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE delegation_exit SET state = @State, phase = @Phase, document = @Document::jsonb, revision = @Revision
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND exit_id = @Id
        """,
        exit,
        cancellationToken);
}
