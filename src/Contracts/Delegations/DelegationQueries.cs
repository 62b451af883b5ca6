using Delegation.Access.V1;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Delegations;

/// <summary>
/// How delegations are read. Which column holds the caller's organisation depends on its side: a query names the one that an index of its
/// side has, and never asks for "the one or the other".
/// </summary>
internal static class DelegationQueries
{
    private const string PageOf = "AND d.delegation_id > @after ORDER BY d.delegation_id LIMIT @Limit";

    /// <summary>The drafts of <c>@organization</c>. Its own name and SIREN are those that it has now.</summary>
    public const string Drafts =
        """
        SELECT d.delegation_id AS id, 'draft' AS state, d.title,
               CASE WHEN d.inviter_side = 'insurer' THEN o.owner_id END AS insurerid,
               CASE WHEN d.inviter_side = 'insurer' THEN o.legal_name ELSE d.counterpart_legal_name END AS insurerlegalname,
               CASE WHEN d.inviter_side = 'insurer' THEN o.siren ELSE d.counterpart_siren END AS insurersiren,
               CASE WHEN d.inviter_side = 'delegate' THEN o.owner_id END AS delegateid,
               CASE WHEN d.inviter_side = 'delegate' THEN o.legal_name ELSE d.counterpart_legal_name END AS delegatelegalname,
               CASE WHEN d.inviter_side = 'delegate' THEN o.siren ELSE d.counterpart_siren END AS delegatesiren,
               d.reference_data::text AS referencedata, to_char(d.planned_start_day, 'YYYY-MM-DD') AS plannedstartday,
               d.create_time AS createtime, d.update_time AS updatetime, d.revision
        FROM delegation_draft d
        JOIN organization o ON o.owner_id = d.owner_id
        WHERE d.owner_id = @organization
        """;

    private const string Opened =
        """
        SELECT d.delegation_id AS id, d.state, p.title,
               d.owner_id AS insurerid, p.insurer_legal_name AS insurerlegalname, p.insurer_siren AS insurersiren,
               d.delegate_id AS delegateid, p.delegate_legal_name AS delegatelegalname, p.delegate_siren AS delegatesiren,
               p.reference_data::text AS referencedata, to_char(p.planned_start_day, 'YYYY-MM-DD') AS plannedstartday,
               p.create_time AS createtime, p.update_time AS updatetime, d.revision
        FROM delegation d
        JOIN delegation_profile p ON p.owner_id = d.owner_id AND p.delegation_id = d.delegation_id
        """;

    /// <summary>The delegations of <c>@organization</c>, which are drafts no more.</summary>
    public static string OpenedOf(Side side) => $"{Opened}\nWHERE d.{PartyColumn(side)} = @organization";

    /// <summary>The column of party tables in which organisations of a side are.</summary>
    public static string PartyColumn(Side side) => side == Side.Insurer ? "owner_id" : "delegate_id";

    /// <summary>A delegation or draft of the caller's organisation, or null.</summary>
    public static Task<DelegationRow?> FindDelegationAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        session.FindAsync<DelegationRow>(
            // Drafts are the organisation's own; an auditor looks at what both parties share.
            session.Caller.Auditing is null ? OneOf(session.Caller.Side) : $"{OpenedOf(session.Caller.Side)} AND d.delegation_id = @id",
            new { organization = session.Caller.OrganizationId, id },
            cancellationToken);

    /// <summary>One answer for an id that nobody has and for one of others.</summary>
    public static Outcome<DelegationRow> Found(DelegationRow? delegation) => delegation is not null
        ? new Outcome<DelegationRow>.Accepted(delegation)
        : new Outcome<DelegationRow>.NotFound("DELEGATION_NOT_FOUND", new("There is no delegation with this id.", "Aucune délégation n'a cet identifiant."));

    /// <summary>
    /// A page of the caller's delegations by id. Drafts and delegations are each read from the page's start in the order of an index, and
    /// merged: what a page costs does not grow with the list.
    /// </summary>
    /// <param name="session">The caller's.</param>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Page<DelegationRow>> ListDelegationsAsync(
        this TenantSession session, string? state, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<DelegationRow>(
            session.Caller.Auditing is null ? ListOf(session.Caller.Side, state) : OpenedListOf(session.Caller.Side, state),
            new { organization = session.Caller.OrganizationId, state, after = page.After?.Id ?? Guid.Empty, page.Limit },
            cancellationToken);

        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    internal static string OneOf(Side side) => $"{Drafts} AND d.delegation_id = @id\nUNION ALL\n{OpenedOf(side)} AND d.delegation_id = @id";

    internal static string ListOf(Side side, string? state)
    {
        var drafts = $"({Drafts}\n{PageOf})";
        return state switch
        {
            null => $"{drafts}\nUNION ALL\n{OpenedListOf(side, state)}\nORDER BY id LIMIT @Limit",
            DelegationRow.Draft => drafts,
            _ => OpenedListOf(side, state),
        };
    }

    // Said of both tables: what is said of one alone lets a short list be merged from the owner's first profile on.
    private static string OpenedListOf(Side side, string? state) =>
        $"({OpenedOf(side)} AND p.delegation_id > @after{(state is null ? "" : " AND d.state = @state")}\n{PageOf})";
}
