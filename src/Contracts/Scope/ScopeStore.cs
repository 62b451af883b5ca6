using Delegation.Contracts.Delegations;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Scope;

/// <summary>Versions of scopes in the database. Whoever writes holds the lock of the delegation.</summary>
internal static class ScopeStore
{
    public const string Columns =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, scope_version_id AS id, number, occasion, state,
               effective_day AS effectiveday, superseded_on_day AS supersededonday, supersede_time AS supersedetime, lines::text AS lines, extent,
               proposed_by AS proposedby, insurer_person_id AS insurerpersonid, insurer_consent_time AS insurerconsenttime,
               delegate_person_id AS delegatepersonid, delegate_consent_time AS delegateconsenttime, create_time AS createtime,
               validate_time AS validatetime, content_revision AS contentrevision, revision
        FROM scope_version
        """;

    /// <summary>The next number of a version, and whether a proposal is open.</summary>
    internal sealed record Series(int Next, bool IsOpen);

    public static async Task<Series> FindSeriesAsync(this TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT coalesce(max(number), 0) + 1 AS next, coalesce(bool_or(state = 'proposed'), false) AS isopen
            FROM scope_version
            WHERE owner_id = @InsurerId AND delegation_id = @Id
            """;

        return (await session.FindAsync<Series>(Sql, delegation, cancellationToken))!;
    }

    public static Task<ScopeVersionRow?> FindScopeVersionAsync(this TenantSession session, SharedDelegation delegation, Guid versionId, CancellationToken cancellationToken) =>
        session.FindAsync<ScopeVersionRow>(
            $"{Columns}\nWHERE owner_id = @InsurerId AND delegation_id = @Id AND scope_version_id = @versionId",
            new { delegation.InsurerId, delegation.Id, versionId },
            cancellationToken);

    /// <summary>The version that both sides validated and that no other has superseded yet, or null.</summary>
    public static Task<ScopeVersionRow?> FindValidatedScopeAsync(this TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken) =>
        session.FindAsync<ScopeVersionRow>(
            $"{Columns}\nWHERE owner_id = @InsurerId AND delegation_id = @Id AND state = 'validated'", new { delegation.InsurerId, delegation.Id }, cancellationToken);

    public static async Task<Page<ScopeVersionRow>> ListScopeVersionsAsync(
        this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        const string Newest =
            """
            WHERE owner_id = @InsurerId AND delegation_id = @Id AND (@after::uuid IS NULL OR scope_version_id < @after)
            ORDER BY scope_version_id DESC
            LIMIT @Limit
            """;

        var rows = await session.QueryAsync<ScopeVersionRow>(
            $"{Columns}\n{Newest}", new { delegation.InsurerId, delegation.Id, after = page.After?.Id, page.Limit }, cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    public static Task InsertScopeVersionAsync(this TenantSession session, ScopeVersionRow version, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO scope_version (owner_id, delegation_id, delegate_id, scope_version_id, number, occasion, state, effective_day, lines, extent,
                                       proposed_by, create_time, content_revision, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Number, @Occasion, @State, @EffectiveDay, @Lines::jsonb, @Extent,
                    @ProposedBy, @CreateTime, @ContentRevision, @Revision)
            """;

        return session.ExecuteAsync(Sql, version, cancellationToken);
    }

    public static Task SaveScopeVersionAsync(this TenantSession session, ScopeVersionRow version, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            UPDATE scope_version
            SET occasion = @Occasion, state = @State, effective_day = @EffectiveDay, superseded_on_day = @SupersededOnDay, supersede_time = @SupersedeTime,
                lines = @Lines::jsonb, extent = @Extent, insurer_person_id = @InsurerPersonId, insurer_consent_time = @InsurerConsentTime,
                delegate_person_id = @DelegatePersonId, delegate_consent_time = @DelegateConsentTime, validate_time = @ValidateTime,
                content_revision = @ContentRevision, revision = @Revision
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND scope_version_id = @Id
            """;

        return session.ExecuteAsync(Sql, version, cancellationToken);
    }
}
