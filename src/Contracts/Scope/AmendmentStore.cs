using Delegation.Contracts.Delegations;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Scope;

/// <summary>Amendments of scopes in the database, and what they are made from. Whoever writes holds the lock of the delegation.</summary>
internal static class AmendmentStore
{
    /// <summary>The latest version of each occasion that both sides validated, superseded since or not.</summary>
    public static Task<IReadOnlyList<ScopeVersionRow>> FindLatestValidatedAsync(this TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken) =>
        session.QueryAsync<ScopeVersionRow>(
            $"""
            {ScopeStore.Columns}
            WHERE owner_id = @InsurerId AND delegation_id = @Id AND number IN (
                SELECT max(number) FROM scope_version
                WHERE owner_id = @InsurerId AND delegation_id = @Id AND state IN ('validated', 'superseded')
                GROUP BY occasion)
            """,
            new { delegation.InsurerId, delegation.Id },
            cancellationToken);

    /// <summary>The amendment of two versions that was not given up, or null.</summary>
    public static Task<Guid?> FindScopeAmendmentAsync(this TenantSession session, ComparedVersions versions, CancellationToken cancellationToken) =>
        session.FindAsync<Guid?>(
            """
            SELECT a.contract_id
            FROM scope_amendment a
            JOIN contract c ON c.owner_id = a.owner_id AND c.delegation_id = a.delegation_id AND c.contract_id = a.contract_id
            WHERE a.owner_id = @OwnerId AND a.delegation_id = @DelegationId AND a.scoping_version_id = @scopingId
              AND a.conclusion_version_id = @conclusionId AND c.state <> 'withdrawn'
            """,
            new { versions.Latter.OwnerId, versions.Latter.DelegationId, scopingId = versions.Latter.Id, conclusionId = versions.Former.Id },
            cancellationToken);

    /// <summary>True when the delegation has a contract whose text is agreed or signed: one that an amendment could change.</summary>
    public static async Task<bool> HasContractToAmendAsync(this TenantSession session, ScopeVersionRow version, CancellationToken cancellationToken) =>
        await session.FindAsync<bool>(
            """
            SELECT EXISTS (
                SELECT FROM contract
                WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND kind = 'contract' AND state NOT IN ('draft', 'negotiating', 'withdrawn'))
            """,
            new { version.OwnerId, version.DelegationId },
            cancellationToken);

    public static Task InsertScopeAmendmentAsync(
        this TenantSession session, ComparedVersions versions, Guid amendmentId, DateTime createTime, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            INSERT INTO scope_amendment (owner_id, delegation_id, delegate_id, contract_id, conclusion_version_id, scoping_version_id, create_time)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @amendmentId, @conclusionId, @scopingId, @createTime)
            """,
            new
            {
                versions.Latter.OwnerId,
                versions.Latter.DelegationId,
                versions.Latter.DelegateId,
                amendmentId,
                conclusionId = versions.Former.Id,
                scopingId = versions.Latter.Id,
                createTime,
            },
            cancellationToken);
}
