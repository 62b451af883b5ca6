using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Contacts;

/// <summary>Contacts in the database. Whoever changes them holds the lock of their delegation.</summary>
internal static class ContactsStore
{
    /// <summary>The contacts of a delegation of the caller's organisation.</summary>
    public static async Task<ContactsRow> FindContactsAsync(this TenantSession session, Guid delegationId, CancellationToken cancellationToken)
    {
        var sql =
            $"""
            SELECT contacts_id AS contactsid, insurer::text AS insurer, delegate::text AS delegate, revision
            FROM delegation_contacts
            WHERE {DelegationQueries.PartyColumn(session.Caller.Side)} = @OrganizationId AND delegation_id = @delegationId
            """;

        return await session.FindAsync<ContactsRow>(sql, new { session.Caller.OrganizationId, delegationId }, cancellationToken) ?? ContactsRow.None(delegationId);
    }

    public static Task SaveContactsAsync(this TenantSession session, DelegationRow delegation, ContactsRow contacts, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO delegation_contacts (owner_id, delegation_id, delegate_id, contacts_id, insurer, delegate, revision)
            VALUES (@InsurerId, @Id, @DelegateId, @ContactsId, @Insurer::jsonb, @Delegate::jsonb, @Revision)
            ON CONFLICT (owner_id, delegation_id) DO UPDATE SET insurer = excluded.insurer, delegate = excluded.delegate, revision = excluded.revision
            """;

        return session.ExecuteAsync(
            Sql,
            new { delegation.InsurerId, delegation.Id, delegation.DelegateId, contacts.ContactsId, contacts.Insurer, contacts.Delegate, contacts.Revision },
            cancellationToken);
    }

    /// <summary>The open delegations of which a member of the caller's organisation is main contact or deputy; nobody else changes them until the session ends.</summary>
    public static async Task<IReadOnlyList<DelegationRow>> LockDelegationsOfContactAsync(this TenantSession session, Guid memberId, CancellationToken cancellationToken)
    {
        var side = session.Caller.Side;
        var named = side == Side.Insurer ? "c.insurer" : "c.delegate";
        var where =
            $"""
            d.{DelegationQueries.PartyColumn(side)} = @organization AND d.state = '{DelegationRow.Open}' AND EXISTS (
                SELECT FROM delegation_contacts c
                WHERE c.owner_id = d.owner_id AND c.delegation_id = d.delegation_id AND c.{DelegationQueries.PartyColumn(side)} = @organization
                  AND @member IN ({named}->'main'->>'memberId', {named}->'deputy'->>'memberId'))
            ORDER BY d.delegation_id
            """;

        // Read again under the lock: others may have been named meanwhile.
        var parameters = new { organization = session.Caller.OrganizationId, member = memberId.ToString() };
        await session.ExecuteAsync($"SELECT FROM delegation d WHERE {where} FOR NO KEY UPDATE", parameters, cancellationToken);
        return await session.QueryAsync<DelegationRow>($"{DelegationQueries.OpenedOf(side)} AND {where}", parameters, cancellationToken);
    }

    /// <summary>Those members of the caller's organisation whom a request names; they stay members until the session ends.</summary>
    public static Task<IReadOnlyList<Reachable>> FindNamedAsync(this TenantSession session, SetContactsRequest request, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT member_id AS memberid, person_id AS personid, display_name AS name, email, phone
            FROM member
            WHERE owner_id = @OrganizationId AND member_id = ANY (@ids)
            ORDER BY member_id
            FOR KEY SHARE
            """;

        var ids = new[] { request.Main, request.Deputy }.Select(named => Guid.TryParseExact(named?.MemberId, "D", out var id) ? id : Guid.Empty).ToArray();
        return session.QueryAsync<Reachable>(Sql, new { session.Caller.OrganizationId, ids }, cancellationToken);
    }
}
