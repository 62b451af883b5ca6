using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.TitleToOperate;

/// <summary>The facts about titles, as the objects that give them are kept.</summary>
internal static class TitleStore
{
    private const string Key = "hashtextextended('titles of ' || @delegationId::uuid, 0)";

    /// <summary>
    /// Makes answers wait for the facts that this session writes: the instant at which one becomes known is taken after this, and an
    /// answer as of that instant has it. Without, an answer could be given for an instant at which a signature under way counts already.
    /// </summary>
    public static Task LockTitlesAsync(this TenantSession session, Guid delegationId, CancellationToken cancellationToken) =>
        session.ExecuteAsync($"SELECT pg_advisory_xact_lock({Key})", new { delegationId }, cancellationToken);

    /// <summary>Waits for whoever writes facts; the instant of the answer is taken after this.</summary>
    public static Task AwaitTitlesAsync(this TenantSession session, Guid delegationId, CancellationToken cancellationToken) =>
        session.ExecuteAsync($"SELECT pg_advisory_xact_lock_shared({Key})", new { delegationId }, cancellationToken);

    /// <summary>All facts, in the order in which they became known.</summary>
    public static async Task<IReadOnlyList<TitleFact>> ReadTitleFactsAsync(this TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken)
    {
        const string Signed =
            """
            SELECT letter_id AS id, effective_day AS effectiveday, end_day AS endday, text_sha256 AS textsha256, scope_lines::text AS scopelines,
                   in_force_time AS inforcetime, superseded_on_day AS supersededonday, supersede_time AS supersedetime,
                   last_day AS lastday, terminate_time AS terminatetime
            FROM letter
            WHERE owner_id = @InsurerId AND delegation_id = @Id AND in_force_time IS NOT NULL
            """;

        var letters = await session.QueryAsync<SignedLetter>(Signed, new { delegation.InsurerId, delegation.Id }, cancellationToken);
        var contracts = await session.ReadSignedContractsAsync(delegation, cancellationToken);
        return [.. letters.SelectMany(letter => letter.Facts()).Concat(ContractTitles.Facts(contracts)).OrderBy(fact => fact.KnownTime)];
    }

    /// <summary>The lines of the scope that both sides had validated for a day, as known at an instant; null when there was none.</summary>
    public static async Task<IReadOnlyList<ScopeLine>?> FindScopeLinesAsync(
        this TenantSession session, SharedDelegation delegation, DateOnly day, DateTime knownTime, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT lines::text
            FROM scope_version
            WHERE owner_id = @InsurerId AND delegation_id = @Id AND validate_time <= @knownTime AND effective_day <= @day
              AND NOT coalesce(supersede_time <= @knownTime AND superseded_on_day <= @day, false)
            ORDER BY validate_time DESC, number DESC
            LIMIT 1
            """;

        var lines = await session.FindAsync<string>(Sql, new { delegation.InsurerId, delegation.Id, day, knownTime }, cancellationToken);
        return lines is null ? null : ProtoJson.ReadList<ScopeLine>(lines);
    }
}
