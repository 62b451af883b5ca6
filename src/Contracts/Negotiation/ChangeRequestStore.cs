using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Negotiation;

/// <summary>Change requests in the database. Whoever writes holds the lock of the delegation.</summary>
internal static class ChangeRequestStore
{
    private const string Columns =
        """
        SELECT change_request_id AS id, clause_id AS clauseid, side, department, state, comment, wording, person_id AS personid, create_time AS createtime,
               answer, answer_person_id AS answerpersonid, end_time AS endtime
        FROM change_request
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND contract_id = @Id
        """;

    public static Task<ChangeRequestRow?> FindChangeRequestAsync(
        this TenantSession session, ContractRow contract, Guid changeRequestId, CancellationToken cancellationToken) =>
        session.FindAsync<ChangeRequestRow>(
            $"{Columns} AND change_request_id = @changeRequestId",
            new { contract.OwnerId, contract.DelegationId, contract.Id, changeRequestId },
            cancellationToken);

    public static async Task<Page<ChangeRequestRow>> ListChangeRequestsAsync(
        this TenantSession session, ContractRow contract, PageRequest page, CancellationToken cancellationToken)
    {
        const string Newest = "AND (@after::uuid IS NULL OR change_request_id < @after)\nORDER BY change_request_id DESC\nLIMIT @Limit";
        var rows = await session.QueryAsync<ChangeRequestRow>(
            $"{Columns}\n{Newest}", new { contract.OwnerId, contract.DelegationId, contract.Id, after = page.After?.Id, page.Limit }, cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    public static Task InsertChangeRequestAsync(this TenantSession session, ContractRow contract, ChangeRequestRow asked, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO change_request (owner_id, delegation_id, delegate_id, contract_id, change_request_id, clause_id, side, department, state, comment,
                                        wording, person_id, create_time, answer)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @contractId, @Id, @ClauseId, @Side, @Department, @State, @Comment,
                    @Wording, @PersonId, @CreateTime, @Answer)
            """;

        return session.ExecuteAsync(Sql, new
        {
            contract.OwnerId, contract.DelegationId, contract.DelegateId, contractId = contract.Id, asked.Id, asked.ClauseId, asked.Side, asked.Department,
            asked.State, asked.Comment, asked.Wording, asked.PersonId, asked.CreateTime, asked.Answer,
        }, cancellationToken);
    }

    public static Task SaveAnswerAsync(this TenantSession session, ContractRow contract, ChangeRequestRow answered, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            UPDATE change_request SET state = @State, answer = @Answer, answer_person_id = @AnswerPersonId, end_time = @EndTime
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND contract_id = @contractId AND change_request_id = @Id
            """,
            new
            {
                contract.OwnerId, contract.DelegationId, contractId = contract.Id, answered.Id,
                answered.State, answered.Answer, answered.AnswerPersonId, answered.EndTime,
            },
            cancellationToken);

    /// <summary>The wording changed: what was asked for of the former one is overtaken.</summary>
    public static Task OvertakeChangeRequestsAsync(this TenantSession session, ContractRow contract, Guid clauseId, DateTime now, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            UPDATE change_request SET state = 'overtaken', end_time = @now
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND contract_id = @Id AND clause_id = @clauseId AND state = 'open'
            """,
            new { contract.OwnerId, contract.DelegationId, contract.Id, clauseId, now },
            cancellationToken);

    /// <summary>A department says something else than it asked for, if it asked for anything.</summary>
    public static Task WithdrawChangeRequestsAsync(
        this TenantSession session, ContractRow contract, IReadOnlyList<ReviewRow> moved, DateTime now, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            UPDATE change_request SET state = 'withdrawn', end_time = @now
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND contract_id = @Id AND clause_id = ANY (@clauses) AND side = @Side
              AND department = @Department AND state = 'open'
            """,
            new
            {
                contract.OwnerId, contract.DelegationId, contract.Id, clauses = moved.Select(review => review.ClauseId).ToArray(), moved[0].Side, moved[0].Department, now,
            },
            cancellationToken);
}
