using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Portfolio;

/// <summary>Portfolios in the database: one statement per call.</summary>
internal static class PortfolioStore
{
    // The delegation itself is copied by a follower of its own, which may be behind this one.
    private const string KnowDelegation =
        """
        INSERT INTO delegation (owner_id, delegation_id, delegate_id, state, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, 'open', 0)
        ON CONFLICT DO NOTHING
        """;

    public static Task SaveDelegationAsync(
        this SystemSession session, JournalEntry entry, Contracts.V1.Delegation delegation, CancellationToken cancellationToken)
    {
        const string Sql =
            $"""
            {KnowDelegation};
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

    public static Task SaveTitleAsync(this SystemSession session, JournalEntry entry, KnownTitle title, CancellationToken cancellationToken)
    {
        const string Sql =
            $"""
            {KnowDelegation};
            INSERT INTO portfolio_title (owner_id, delegation_id, delegate_id, title_id, kind, grant_time, first_day, last_day)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @TitleId, @Kind, @GrantTime, @FirstDay, @LastDay)
            ON CONFLICT (owner_id, delegation_id, title_id, kind) DO UPDATE SET first_day = excluded.first_day, last_day = excluded.last_day
            """;

        return session.ExecuteAsync(
            Sql,
            new { entry.OwnerId, entry.DelegationId, entry.DelegateId, title.TitleId, title.Kind, title.GrantTime, title.FirstDay, title.LastDay },
            cancellationToken);
    }

    /// <summary>
    /// The delegations of the caller's organisation, the oldest first, with the title in effect and what waits for it at an instant. Of several
    /// titles the one prevails that Contracts would answer: a contract before a letter, a letter before the survival clause, the latest of one kind.
    /// </summary>
    public static Task<IReadOnlyList<PortfolioRow>> ListPortfolioAsync(
        this TenantSession session, PageRequest page, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var mine = Parties.Column(session.Caller.Side);
        var sql =
            $"""
            SELECT d.delegation_id AS delegationid, d.title, d.insurer_name AS insurername, d.delegate_name AS delegatename, d.is_open AS isopen,
                   t.kind AS titlekind, t.last_day AS titlelastday,
                   p.project_id AS projectid, p.phase AS projectphase, w.open_items AS openitems, w.late_items AS lateitems, w.next_due AS nextdue,
                   p.run_stage AS runstage, o.open_overrides AS openoverrides
            FROM portfolio_delegation d
            LEFT JOIN LATERAL (
                SELECT t.kind, t.last_day
                FROM portfolio_title t
                WHERE t.owner_id = d.owner_id AND t.delegation_id = d.delegation_id AND t.{mine} = @OrganizationId
                  AND @today BETWEEN t.first_day AND t.last_day
                ORDER BY array_position(ARRAY['contract', 'letter_of_engagement', 'survival_clause'], t.kind), t.grant_time DESC, t.title_id DESC
                LIMIT 1) t ON true
            LEFT JOIN LATERAL (
                SELECT p.project_id, p.phase, p.run_stage
                FROM project p
                WHERE p.owner_id = d.owner_id AND p.delegation_id = d.delegation_id AND p.{mine} = @OrganizationId
                ORDER BY p.phase = 'closed', p.project_id DESC
                LIMIT 1) p ON true
            CROSS JOIN LATERAL (
                SELECT count(*)::integer AS open_items, count(*) FILTER (WHERE w.due_time <= @now)::integer AS late_items,
                       min(w.due_time) FILTER (WHERE w.due_time < 'infinity') AS next_due
                FROM work_item w
                WHERE w.owner_id = d.owner_id AND w.delegation_id = d.delegation_id AND w.assignee_id = @OrganizationId) w
            CROSS JOIN LATERAL (
                SELECT count(*)::integer AS open_overrides
                FROM gate_override o
                WHERE o.owner_id = d.owner_id AND o.project_id = p.project_id AND o.state IN ('in_force', 'expired')) o
            WHERE d.{mine} = @OrganizationId AND d.delegation_id > @after
            ORDER BY d.delegation_id
            LIMIT @Limit
            """;

        return session.QueryAsync<PortfolioRow>(
            sql, new { session.Caller.OrganizationId, now, today = ParisDays.DayAt(now), after = page.After?.Id ?? Guid.Empty, page.Limit }, cancellationToken);
    }
}
