using Delegation.Persistence.Tenancy;

namespace Delegation.Reporting.Rollups;

/// <summary>Rollups in the database.</summary>
internal static class RollupStore
{
    /// <summary>Adds what an import changed, in its transaction and after its lines: those that it told and those that it ended.</summary>
    public static Task ApplyRollupAsync(this TenantSession session, KnownDelegation delegation, Rollup rollup, int number, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            $"{RollupSql.AddTold(rollup)};\n{RollupSql.TakeEnded(rollup)}", new { delegation.OwnerId, delegation.DelegationId, number }, cancellationToken);

    /// <summary>The same where what was read is added up already: lines that were not told after all are taken away from it.</summary>
    /// <param name="session">The import's.</param>
    /// <param name="delegation">Its delegation.</param>
    /// <param name="rollup">Of its lines.</param>
    /// <param name="number">By which they name it.</param>
    /// <param name="untold">How many of the lines that were added up were not told.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task ApplyRollupAsync(
        this TenantSession session, KnownDelegation delegation, Rollup rollup, int number, long untold, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            $"{(untold > 0 ? RollupSql.TakeUntold(rollup) : "")};\n{RollupSql.AddRead(rollup, joined: untold > 0)};\n{RollupSql.TakeEnded(rollup)}",
            new { delegation.OwnerId, delegation.DelegationId, delegation.DelegateId, number },
            cancellationToken);

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
