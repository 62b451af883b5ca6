using Delegation.Contracts.Delegations;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Finance;

/// <summary>Movements of the advance in the database. Whoever writes holds the lock of the delegation.</summary>
internal static class FundStore
{
    private const string Columns =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, movement_id AS id, kind, state, amount_cents AS amountcents,
               reimbursed_cents AS reimbursedcents, due_day AS dueday, value_day AS valueday, reason, answer, create_time AS createtime, revision
        FROM fund_movement
        WHERE owner_id = @InsurerId AND delegation_id = @Id
        """;

    /// <summary>What moved up to a day, and what was paid in the months of a window.</summary>
    internal sealed record Sums(long Advance, long Unreimbursed, long PaidInWindow, int MonthsInWindow);

    public static async Task<Sums> SumFundsAsync(
        this TenantSession session, SharedDelegation delegation, DateOnly day, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT coalesce(sum(CASE kind WHEN 'call' THEN amount_cents WHEN 'return' THEN -amount_cents END), 0)::bigint AS advance,
                   coalesce(sum(amount_cents - reimbursed_cents) FILTER (WHERE kind = 'use'), 0)::bigint AS unreimbursed,
                   coalesce(sum(amount_cents) FILTER (WHERE kind = 'use' AND value_day BETWEEN @first AND @last), 0)::bigint AS paidinwindow,
                   (count(*) FILTER (WHERE kind = 'use' AND value_day BETWEEN @first AND @last))::integer AS monthsinwindow
            FROM fund_movement
            WHERE owner_id = @InsurerId AND delegation_id = @Id AND state = 'settled' AND value_day <= @day
            """;

        return (await session.FindAsync<Sums>(Sql, new { delegation.InsurerId, delegation.Id, day, first, last }, cancellationToken))!;
    }

    public static Task<FundMovementRow?> FindMovementAsync(this TenantSession session, SharedDelegation delegation, Guid movementId, CancellationToken cancellationToken) =>
        session.FindAsync<FundMovementRow>($"{Columns} AND movement_id = @movementId", new { delegation.InsurerId, delegation.Id, movementId }, cancellationToken);

    public static async Task<bool> HasOpenCallAsync(this TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken) =>
        await session.FindAsync<bool>(
            "SELECT EXISTS (SELECT FROM fund_movement WHERE owner_id = @InsurerId AND delegation_id = @Id AND state = 'requested')",
            new { delegation.InsurerId, delegation.Id },
            cancellationToken);

    public static async Task<bool> HasUseAsync(this TenantSession session, SharedDelegation delegation, DateOnly endDay, CancellationToken cancellationToken) =>
        await session.FindAsync<bool>(
            "SELECT EXISTS (SELECT FROM fund_movement WHERE owner_id = @InsurerId AND delegation_id = @Id AND kind = 'use' AND value_day = @endDay)",
            new { delegation.InsurerId, delegation.Id, endDay },
            cancellationToken);

    public static async Task<Page<FundMovementRow>> ListMovementsAsync(
        this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<FundMovementRow>(
            $"{Columns} AND (@after::uuid IS NULL OR movement_id < @after) ORDER BY movement_id DESC LIMIT @Limit",
            new { delegation.InsurerId, delegation.Id, after = page.After?.Id, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    public static Task InsertMovementAsync(this TenantSession session, FundMovementRow movement, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO fund_movement (owner_id, delegation_id, delegate_id, movement_id, kind, state, amount_cents, reimbursed_cents, due_day, value_day, reason,
                                   answer, create_time, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Kind, @State, @AmountCents, @ReimbursedCents, @DueDay, @ValueDay, @Reason,
                @Answer, @CreateTime, @Revision)
        """,
        movement,
        cancellationToken);

    public static Task SaveMovementAsync(this TenantSession session, FundMovementRow movement, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE fund_movement SET state = @State, value_day = @ValueDay, answer = @Answer, revision = @Revision
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND movement_id = @Id
        """,
        movement,
        cancellationToken);
}
