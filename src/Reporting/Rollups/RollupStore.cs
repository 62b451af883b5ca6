using Delegation.Persistence.Tenancy;

namespace Delegation.Reporting.Rollups;

/// <summary>Rollups in the database.</summary>
internal static class RollupStore
{
    /// <summary>
    /// Adds what an import changed, in its transaction and after its lines: those that it told and those that it ended. Nothing for kinds that are not
    /// rolled up.
    /// </summary>
    public static async Task ApplyRollupsAsync(this TenantSession session, KnownDelegation delegation, string kind, int number, CancellationToken cancellationToken)
    {
        foreach (var rollup in Rollup.All.Where(rollup => rollup.Kind == kind))
            await session.ExecuteAsync(RollupSql.AddImport(rollup), new { delegation.OwnerId, delegation.DelegationId, number }, cancellationToken);
    }

    /// <summary>Makes the cells of a delegation again from its lines, while no import of the kind changes them; how many there were, and how many were wrong.</summary>
    public static async Task<(long Cells, long Differences)> RebuildAsync(
        this SystemSession session, KnownDelegation delegation, Rollup rollup, CancellationToken cancellationToken)
    {
        var parties = new { delegation.OwnerId, delegation.DelegationId, rollup.Kind };
        // The lock that imports of the kind take.
        await session.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'import', @DelegationId, @Kind), 0))", parties, cancellationToken);
        var found = await session.FindAsync<(long Cells, long Differences)>(RollupSql.Compare(rollup), parties, cancellationToken);
        await session.ExecuteAsync(RollupSql.Clear(rollup), parties, cancellationToken);
        await session.ExecuteAsync(RollupSql.AddAll(rollup), parties, cancellationToken);
        return found;
    }
}
