using Delegation.Contracts.Delegations;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Negotiation;

/// <summary>Clauses of contracts in the database. Whoever writes holds the lock of the delegation.</summary>
internal static class ClauseStore
{
    private const string All =
        """
        SELECT contract_id AS contractid, clause_id AS id, place, sort, code, family, library_version AS libraryversion, title, wording, requirements,
               removed, revision
        FROM contract_clause
        """;

    private const string Columns = $"{All}\nWHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND contract_id = @Id";

    public static Task<IReadOnlyList<ClauseRow>> ListClausesAsync(this TenantSession session, ContractRow contract, CancellationToken cancellationToken) =>
        session.QueryAsync<ClauseRow>($"{Columns}\nORDER BY place", new { contract.OwnerId, contract.DelegationId, contract.Id }, cancellationToken);

    /// <summary>The clauses of several contracts that are not struck out, in the order of their places.</summary>
    public static Task<IReadOnlyList<ClauseRow>> ListClausesAsync(
        this TenantSession session, SharedDelegation delegation, IReadOnlyList<Guid> contractIds, CancellationToken cancellationToken) =>
        session.QueryAsync<ClauseRow>(
            $"{All}\nWHERE owner_id = @InsurerId AND delegation_id = @Id AND contract_id = ANY (@contractIds) AND NOT removed ORDER BY place",
            new { delegation.InsurerId, delegation.Id, contractIds = contractIds.ToArray() },
            cancellationToken);

    public static Task<ClauseRow?> FindClauseAsync(this TenantSession session, ContractRow contract, Guid clauseId, CancellationToken cancellationToken) =>
        session.FindAsync<ClauseRow>(
            $"{Columns} AND clause_id = @clauseId", new { contract.OwnerId, contract.DelegationId, contract.Id, clauseId }, cancellationToken);

    /// <summary>Writes clauses at places that are free.</summary>
    public static Task InsertClausesAsync(this TenantSession session, ContractRow contract, IReadOnlyList<ClauseRow> clauses, CancellationToken cancellationToken)
    {
        // An array of arrays would have to be even; ids of requirements have no comma.
        const string Sql =
            """
            INSERT INTO contract_clause (owner_id, delegation_id, delegate_id, contract_id, clause_id, place, sort, code, family, library_version, title,
                                         wording, requirements, removed, revision)
            SELECT @OwnerId, @DelegationId, @DelegateId, @contractId, c.id, c.place, c.sort, c.code, c.family, nullif(c.library_version, 0), c.title,
                   c.wording, string_to_array(c.requirements, ','), false, 1
            FROM unnest(@ids, @places, @sorts, @codes, @families, @versions, @titles, @wordings, @requirements)
                AS c (id, place, sort, code, family, library_version, title, wording, requirements)
            """;

        return session.ExecuteAsync(Sql, new
        {
            contract.OwnerId,
            contract.DelegationId,
            contract.DelegateId,
            contractId = contract.Id,
            ids = clauses.Select(clause => clause.Id).ToArray(),
            places = clauses.Select(clause => clause.Place).ToArray(),
            sorts = clauses.Select(clause => clause.Sort).ToArray(),
            codes = clauses.Select(clause => clause.Code).ToArray(),
            families = clauses.Select(clause => clause.Family).ToArray(),
            versions = clauses.Select(clause => clause.LibraryVersion ?? 0).ToArray(),
            titles = clauses.Select(clause => clause.Title).ToArray(),
            wordings = clauses.Select(clause => clause.Wording).ToArray(),
            requirements = clauses.Select(clause => string.Join(',', clause.Requirements)).ToArray(),
        }, cancellationToken);
    }

    /// <summary>Moves the clauses from a place on: by 1 to make room, by -1 to close a gap.</summary>
    public static Task MoveClausesAsync(this TenantSession session, ContractRow contract, int place, int by, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            UPDATE contract_clause SET place = place + @by
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND contract_id = @Id AND place >= @place
            """,
            new { contract.OwnerId, contract.DelegationId, contract.Id, place, by },
            cancellationToken);

    public static Task SaveClauseAsync(this TenantSession session, ContractRow contract, ClauseRow clause, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            UPDATE contract_clause SET title = @Title, wording = @Wording, removed = @Removed, revision = @Revision
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND contract_id = @contractId AND clause_id = @Id
            """,
            new { contract.OwnerId, contract.DelegationId, contractId = contract.Id, clause.Id, clause.Title, clause.Wording, clause.Removed, clause.Revision },
            cancellationToken);

    public static Task DeleteClauseAsync(this TenantSession session, ContractRow contract, ClauseRow clause, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            "DELETE FROM contract_clause WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND contract_id = @contractId AND clause_id = @Id",
            new { contract.OwnerId, contract.DelegationId, contractId = contract.Id, clause.Id },
            cancellationToken);
}
