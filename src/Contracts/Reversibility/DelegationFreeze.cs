using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Reversibility;

/// <summary>The state of a delegation while it ends, for all services: the journal tells them.</summary>
internal static class DelegationFreeze
{
    /// <summary>What an exit makes of its delegation; null for what it leaves as it was.</summary>
    public static string? StateAfter(Exit former, Exit exit) => (former.Record?.FreezeTime is not null, exit) switch
    {
        (false, { Record.FreezeTime: not null }) => DelegationRow.Frozen,
        (true, { State: ExitState.CalledOff }) => DelegationRow.Open,
        _ => null,
    };

    /// <summary>Sets it, once whoever is at work on the delegation is done: they hold the row by what refers to it.</summary>
    public static async Task SetStateAsync(TenantSession session, ExitRow exit, string state, TimeProvider clock, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT FROM delegation WHERE owner_id = @OwnerId AND delegation_id = @DelegationId FOR UPDATE;
            UPDATE delegation SET state = @state, revision = revision + 1 WHERE owner_id = @OwnerId AND delegation_id = @DelegationId;
            """;

        await session.ExecuteAsync(Sql, new { exit.OwnerId, exit.DelegationId, state }, cancellationToken);
        var row = (await session.FindDelegationAsync(exit.DelegationId, cancellationToken))!;
        await session.AppendAsync(DelegationJournal.EndChanged(row), clock, cancellationToken);
    }

    /// <summary>Closes the delegation of an exit that is over.</summary>
    /// <returns>It as it is since.</returns>
    public static async Task<(DelegationRow Row, Parties Parties)> CloseDelegationAsync(this SystemSession session, ExitRow exit, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            "UPDATE delegation SET state = @state, revision = revision + 1 WHERE owner_id = @OwnerId AND delegation_id = @DelegationId",
            new { exit.OwnerId, exit.DelegationId, state = DelegationRow.Closed }, cancellationToken);
        var row = (await session.FindAsync<DelegationRow>(
            $"{DelegationQueries.OpenedOf(Side.Insurer)} AND d.delegation_id = @DelegationId", new { organization = exit.OwnerId, exit.DelegationId }, cancellationToken))!;
        var delegation = row.ToMessage();
        return (row, new Parties(row.Id, row.Title, delegation.Insurer, delegation.Delegate));
    }
}
