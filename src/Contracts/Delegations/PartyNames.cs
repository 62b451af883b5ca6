using Delegation.Access.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Delegations;

/// <summary>
/// The names of the parties of open delegations, which are copies: neither side sees the row of the other organisation. A draft has none; it
/// shows the name that its inviter has now.
/// </summary>
internal static class PartyNames
{
    /// <summary>Gives the caller's organisation its new legal name in all its delegations, and says so to both sides of each.</summary>
    public static async Task RenamePartyAsync(this TenantSession session, string legalName, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (side, organization) = (session.Caller.Side, session.Caller.OrganizationId);
        var mine = DelegationQueries.PartyColumn(side);
        var name = side == Side.Insurer ? "insurer_legal_name" : "delegate_legal_name";

        // In one order, so that two who lock several do not wait for each other.
        var sql =
            $"""
            SELECT FROM delegation WHERE {mine} = @organization ORDER BY delegation_id FOR NO KEY UPDATE;
            UPDATE delegation SET revision = revision + 1 WHERE {mine} = @organization;
            UPDATE delegation_profile SET {name} = @legalName, update_time = @now WHERE {mine} = @organization;
            """;
        await session.ExecuteAsync(sql, new { organization, legalName, now = clock.GetUtcNow().InMicroseconds() }, cancellationToken);

        var renamed = await session.QueryAsync<DelegationRow>(
            $"{DelegationQueries.OpenedOf(side)} ORDER BY d.delegation_id", new { organization }, cancellationToken);
        foreach (var delegation in renamed)
            await session.AppendAsync(DelegationJournal.Updated(delegation), clock, cancellationToken);
    }
}
