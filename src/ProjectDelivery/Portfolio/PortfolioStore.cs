using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;

namespace Delegation.ProjectDelivery.Portfolio;

/// <summary>Portfolios in the database: one statement per call.</summary>
internal static class PortfolioStore
{
    public static Task SaveDelegationAsync(
        this SystemSession session, JournalEntry entry, Contracts.V1.Delegation delegation, CancellationToken cancellationToken)
    {
        // The delegation itself is copied by a follower of its own, which may be behind this one.
        const string Sql =
            """
            INSERT INTO delegation (owner_id, delegation_id, delegate_id, state, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, 'open', 0)
            ON CONFLICT DO NOTHING;
            INSERT INTO portfolio_delegation (owner_id, delegation_id, delegate_id, title, insurer_name, delegate_name, is_open)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Title, @insurer, @delegate, @isOpen)
            ON CONFLICT (owner_id, delegation_id) DO UPDATE SET
                title = excluded.title, insurer_name = excluded.insurer_name, delegate_name = excluded.delegate_name, is_open = excluded.is_open
            """;

        return session.ExecuteAsync(
            Sql,
            new
            {
                entry.OwnerId,
                entry.DelegationId,
                entry.DelegateId,
                delegation.Title,
                insurer = delegation.Insurer.LegalName,
                @delegate = delegation.Delegate.LegalName,
                isOpen = delegation.State == Contracts.V1.Delegation.Types.State.Open,
            },
            cancellationToken);
    }

    /// <summary>The delegations of the caller's organisation, the oldest first, with what waits for it at an instant.</summary>
    public static Task<IReadOnlyList<PortfolioRow>> ListPortfolioAsync(
        this TenantSession session, PageRequest page, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var mine = Parties.Column(session.Caller.Side);
        var sql =
            $"""
            SELECT d.delegation_id AS delegationid, d.title, d.insurer_name AS insurername, d.delegate_name AS delegatename, d.is_open AS isopen,
                   p.project_id AS projectid, p.phase AS projectphase, w.open_items AS openitems, w.late_items AS lateitems, w.next_due AS nextdue
            FROM portfolio_delegation d
            LEFT JOIN LATERAL (
                SELECT p.project_id, p.phase
                FROM project p
                WHERE p.owner_id = d.owner_id AND p.delegation_id = d.delegation_id AND p.{mine} = @OrganizationId
                ORDER BY p.phase = 'closed', p.project_id DESC
                LIMIT 1) p ON true
            CROSS JOIN LATERAL (
                SELECT count(*)::integer AS open_items, count(*) FILTER (WHERE w.due_time <= @now)::integer AS late_items,
                       min(w.due_time) FILTER (WHERE w.due_time < 'infinity') AS next_due
                FROM work_item w
                WHERE w.owner_id = d.owner_id AND w.delegation_id = d.delegation_id AND w.assignee_id = @OrganizationId) w
            WHERE d.{mine} = @OrganizationId AND d.delegation_id > @after
            ORDER BY d.delegation_id
            LIMIT @Limit
            """;

        return session.QueryAsync<PortfolioRow>(
            sql, new { session.Caller.OrganizationId, now, after = page.After?.Id ?? Guid.Empty, page.Limit }, cancellationToken);
    }
}
