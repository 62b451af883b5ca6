using Delegation.Contracts.Delegations;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Annexes;

/// <summary>Annexes in the database. Whoever writes holds the lock of the annex: due days and expiry come without a caller.</summary>
internal static class AnnexStore
{
    internal const string Columns =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, annex_id AS id, kind, title, provider, departments,
               due_day AS dueday, letter_id AS letterid, state, current_version_id AS currentversionid, reviews::text AS reviews,
               approved_version_id AS approvedversionid, expire_day AS expireday, warn_time AS warntime, overdue_time AS overduetime,
               create_time AS createtime, revision
        FROM annex
        """;

    private const string One = "WHERE owner_id = @InsurerId AND delegation_id = @Id AND annex_id = @annexId";

    public static async Task<Outcome<AnnexRow>> FindAnnexAsync(this TenantSession session, SharedDelegation delegation, Guid annexId, CancellationToken cancellationToken) =>
        Found(await session.FindAsync<AnnexRow>($"{Columns}\n{One}", new { delegation.InsurerId, delegation.Id, annexId }, cancellationToken));

    public static async Task<Outcome<AnnexRow>> LockAnnexAsync(this TenantSession session, SharedDelegation delegation, Guid annexId, CancellationToken cancellationToken) =>
        Found(await session.FindAsync<AnnexRow>(
            $"{Columns}\n{One} FOR NO KEY UPDATE", new { delegation.InsurerId, delegation.Id, annexId }, cancellationToken));

    /// <summary>All annexes of a delegation, locked.</summary>
    public static Task<IReadOnlyList<AnnexRow>> LockAnnexesAsync(this TenantSession session, Guid insurerId, Guid delegationId, CancellationToken cancellationToken) =>
        session.QueryAsync<AnnexRow>(
            $"{Columns}\nWHERE owner_id = @insurerId AND delegation_id = @delegationId ORDER BY annex_id FOR NO KEY UPDATE", new { insurerId, delegationId }, cancellationToken);

    public static async Task<Page<AnnexRow>> ListAnnexesAsync(this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        const string Newest =
            """
            WHERE owner_id = @InsurerId AND delegation_id = @Id AND (@after::uuid IS NULL OR annex_id < @after)
            ORDER BY annex_id DESC
            LIMIT @Limit
            """;

        var rows = await session.QueryAsync<AnnexRow>(
            $"{Columns}\n{Newest}", new { delegation.InsurerId, delegation.Id, after = page.After?.Id, page.Limit }, cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    /// <summary>Inserts it.</summary>
    /// <returns>False when the delegation has one of this kind and title.</returns>
    public static async Task<bool> InsertAnnexAsync(this TenantSession session, AnnexRow annex, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO annex (owner_id, delegation_id, delegate_id, annex_id, kind, title, provider, departments, due_day, letter_id, state, reviews,
                               create_time, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Kind, @Title, @Provider, @Departments, @DueDay, @LetterId, @State, @Reviews::jsonb,
                    @CreateTime, @Revision)
            ON CONFLICT (owner_id, delegation_id, kind, title) DO NOTHING
            """;

        return await session.ExecuteAsync(Sql, annex, cancellationToken) == 1;
    }

    public static Task SaveAnnexAsync(this DatabaseSession session, AnnexRow annex, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            UPDATE annex
            SET due_day = @DueDay, letter_id = @LetterId, state = @State, current_version_id = @CurrentVersionId, reviews = @Reviews::jsonb,
                approved_version_id = @ApprovedVersionId, expire_day = @ExpireDay, warn_time = @WarnTime, overdue_time = @OverdueTime, revision = @Revision
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND annex_id = @Id
            """;

        return session.ExecuteAsync(Sql, annex, cancellationToken);
    }

    private static Outcome<AnnexRow> Found(AnnexRow? row) => row is null ? AnnexRefusals.NotFound<AnnexRow>() : new Outcome<AnnexRow>.Accepted(row);
}
