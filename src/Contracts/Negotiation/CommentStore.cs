using Delegation.Persistence.Access;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Negotiation;

/// <summary>Comments in the database.</summary>
internal static class CommentStore
{
    public static Task InsertCommentAsync(this TenantSession session, ContractRow contract, CommentRow comment, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO clause_comment (owner_id, delegation_id, delegate_id, contract_id, comment_id, clause_id, side, visibility, text, person_id, create_time)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @contractId, @Id, @ClauseId, @Side, @Visibility, @Text, @PersonId, @CreateTime)
            """;

        return session.ExecuteAsync(Sql, new
        {
            contract.OwnerId, contract.DelegationId, contract.DelegateId, contractId = contract.Id,
            comment.Id, comment.ClauseId, comment.Side, comment.Visibility, comment.Text, comment.PersonId, comment.CreateTime,
        }, cancellationToken);
    }

    /// <summary>What the caller's side may read: shared comments and its own private ones.</summary>
    public static async Task<Page<CommentRow>> ListCommentsAsync(
        this TenantSession session, ContractRow contract, Guid clauseId, PageRequest page, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT comment_id AS id, clause_id AS clauseid, side, visibility, text, person_id AS personid, create_time AS createtime
            FROM clause_comment
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND contract_id = @Id AND clause_id = @clauseId
              AND visibility IN ('both', @side) AND comment_id > @after
            ORDER BY comment_id
            LIMIT @Limit
            """;

        var rows = await session.QueryAsync<CommentRow>(Sql, new
        {
            contract.OwnerId, contract.DelegationId, contract.Id, clauseId, side = session.Caller.Side.Code(), after = page.After?.Id ?? Guid.Empty, page.Limit,
        }, cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }
}
