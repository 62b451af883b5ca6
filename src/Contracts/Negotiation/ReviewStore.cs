using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Negotiation;

/// <summary>Reviews in the database. Whoever writes holds the lock of the delegation.</summary>
internal static class ReviewStore
{
    private const string Columns =
        """
        SELECT r.clause_id AS clauseid, r.side, r.department, r.state, r.since, r.person_id AS personid, r.stall_time AS stalltime
        FROM clause_review r
        """;

    private const string OfContract = "r.owner_id = @OwnerId AND r.delegation_id = @DelegationId AND r.contract_id = @Id";

    /// <summary>The reviews of a contract in the order of its clauses.</summary>
    public static Task<IReadOnlyList<ReviewRow>> ListReviewsAsync(
        this TenantSession session, ContractRow contract, Guid? clauseId, bool openOnly, CancellationToken cancellationToken)
    {
        const string Sql =
            $"""
            {Columns}
            JOIN contract_clause c ON c.owner_id = r.owner_id AND c.delegation_id = r.delegation_id AND c.contract_id = r.contract_id AND c.clause_id = r.clause_id
            WHERE {OfContract} AND (@clauseId::uuid IS NULL OR r.clause_id = @clauseId) AND NOT (@openOnly AND r.state = 'approved')
            ORDER BY c.place, r.side DESC, array_position(ARRAY['legal', 'purchasing', 'operations', 'compliance'], r.department)
            """;

        return session.QueryAsync<ReviewRow>(Sql, new { contract.OwnerId, contract.DelegationId, contract.Id, clauseId, openOnly }, cancellationToken);
    }

    /// <summary>The reviews that are not approved.</summary>
    public static Task<IReadOnlyList<ReviewRow>> OpenReviewsAsync(this DatabaseSession session, ContractRow contract, CancellationToken cancellationToken) =>
        session.QueryAsync<ReviewRow>(
            $"{Columns}\nWHERE {OfContract} AND r.state <> 'approved'", new { contract.OwnerId, contract.DelegationId, contract.Id }, cancellationToken);

    public static async Task<ReviewRow> GetReviewAsync(
        this TenantSession session, ContractRow contract, Guid clauseId, Side side, ReviewDepartment department, CancellationToken cancellationToken) =>
        (await session.FindAsync<ReviewRow>(
            $"{Columns}\nWHERE {OfContract} AND r.clause_id = @clauseId AND r.side = @side AND r.department = @department",
            new { contract.OwnerId, contract.DelegationId, contract.Id, clauseId, side = side.Code(), department = department.Stored() },
            cancellationToken))!;

    /// <summary>What a department of a side says of each clause.</summary>
    public static Task<IReadOnlyList<ReviewRow>> ListReviewsAsync(
        this TenantSession session, ContractRow contract, Side side, ReviewDepartment department, CancellationToken cancellationToken) =>
        session.QueryAsync<ReviewRow>(
            $"{Columns}\nWHERE {OfContract} AND r.side = @side AND r.department = @department",
            new { contract.OwnerId, contract.DelegationId, contract.Id, side = side.Code(), department = department.Stored() },
            cancellationToken);

    /// <summary>Puts all clauses of a contract under review, or the one that is new.</summary>
    public static Task StartReviewsAsync(this TenantSession session, ContractRow contract, Guid? clauseId, DateTime now, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO clause_review (owner_id, delegation_id, delegate_id, contract_id, clause_id, side, department, state, since)
            SELECT c.owner_id, c.delegation_id, c.delegate_id, c.contract_id, c.clause_id, s.side, d.department, 'in_progress', @now
            FROM contract_clause c
            CROSS JOIN unnest(ARRAY['insurer', 'delegate']) AS s (side)
            CROSS JOIN unnest(ARRAY['legal', 'purchasing', 'operations', 'compliance']) AS d (department)
            WHERE c.owner_id = @OwnerId AND c.delegation_id = @DelegationId AND c.contract_id = @Id AND (@clauseId::uuid IS NULL OR c.clause_id = @clauseId)
            """;

        return session.ExecuteAsync(Sql, new { contract.OwnerId, contract.DelegationId, contract.Id, clauseId, now }, cancellationToken);
    }

    /// <summary>The wording of a clause changed: what was said of the former one does not count any more.</summary>
    public static Task RestartReviewsAsync(this TenantSession session, ContractRow contract, Guid clauseId, DateTime now, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            UPDATE clause_review SET state = 'in_progress', since = @now, stall_time = NULL
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND contract_id = @Id AND clause_id = @clauseId
            """,
            new { contract.OwnerId, contract.DelegationId, contract.Id, clauseId, now },
            cancellationToken);

    /// <summary>Saves what one department of one side said by one move, of one clause or of many.</summary>
    public static Task SaveReviewsAsync(this DatabaseSession session, ContractRow contract, IReadOnlyList<ReviewRow> moved, CancellationToken cancellationToken)
    {
        var review = moved[0];
        return session.ExecuteAsync(
            """
            UPDATE clause_review SET state = @State, since = @Since, person_id = @PersonId, stall_time = @StallTime
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND contract_id = @Id AND clause_id = ANY (@clauses) AND side = @Side
              AND department = @Department
            """,
            new
            {
                contract.OwnerId, contract.DelegationId, contract.Id, clauses = moved.Select(one => one.ClauseId).ToArray(), review.Side, review.Department,
                review.State, review.Since, review.PersonId, review.StallTime,
            },
            cancellationToken);
    }

    /// <summary>Marks reviews as stalled, in one statement: there may be thousands.</summary>
    public static Task SaveStallsAsync(this SystemSession session, ContractRow contract, IReadOnlyList<ReviewRow> stalled, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            UPDATE clause_review r SET stall_time = @time
            FROM unnest(@clauses, @sides, @departments) AS s (clause_id, side, department)
            WHERE r.owner_id = @OwnerId AND r.delegation_id = @DelegationId AND r.contract_id = @Id
              AND r.clause_id = s.clause_id AND r.side = s.side AND r.department = s.department
            """,
            new
            {
                contract.OwnerId,
                contract.DelegationId,
                contract.Id,
                time = stalled[0].StallTime,
                clauses = stalled.Select(review => review.ClauseId).ToArray(),
                sides = stalled.Select(review => review.Side).ToArray(),
                departments = stalled.Select(review => review.Department).ToArray(),
            },
            cancellationToken);
}
