using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Google.Protobuf;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>This service's copy of whom each side of a delegation named to be called upon.</summary>
internal static class ContactStore
{
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>Whom a side named; nobody before it named any.</summary>
    public static async Task<SideContacts> FindContactsAsync(this DatabaseSession session, Parties parties, Side side, CancellationToken cancellationToken) =>
        await session.FindAsync<string>(
            "SELECT contacts::text FROM side_contact WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND side = @side",
            new { parties.OwnerId, parties.DelegationId, side = side.Code() },
            cancellationToken) is { } told
            ? SideContacts.Read(Json.Parse<ContactsChanged>(told))
            : SideContacts.Nobody;

    /// <summary>Keeps what Contracts told, and has a look at what waits for these contacts at once.</summary>
    public static Task SaveContactsAsync(
        this SystemSession session, JournalEntry entry, ContactsChanged told, DateTimeOffset now, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"""
        INSERT INTO delegation (owner_id, delegation_id, delegate_id, state, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, 'open', 0)
        ON CONFLICT DO NOTHING;
        INSERT INTO side_contact (owner_id, delegation_id, delegate_id, side, contacts, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @side, @contacts::jsonb, @Revision)
        ON CONFLICT (owner_id, delegation_id, side) DO UPDATE SET contacts = excluded.contacts, revision = excluded.revision;
        UPDATE due SET due_time = @now
        WHERE kind = '{AcknowledgementWatch.WorkKind}' AND owner_id = @OwnerId AND due_time > @now AND object_id IN (
            SELECT escalation_id FROM escalation WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND state = 'raised' AND side <> @side)
        """,
        new
        {
            entry.OwnerId,
            entry.DelegationId,
            entry.DelegateId,
            side = told.Side.Code(),
            contacts = JsonFormatter.Default.Format(told),
            entry.Revision,
            now,
        },
        cancellationToken);

    /// <summary>Somebody left an organisation: nobody calls them upon any more.</summary>
    public static Task RemoveContactAsync(this SystemSession session, Guid organizationId, string personId, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            UPDATE side_contact SET contacts = CASE contacts->>'mainPersonId' WHEN @personId THEN contacts - 'mainPersonId' ELSE contacts - 'deputyPersonId' END
            WHERE owner_id = @organizationId AND side = 'insurer' AND @personId IN (contacts->>'mainPersonId', contacts->>'deputyPersonId')
               OR delegate_id = @organizationId AND side = 'delegate' AND @personId IN (contacts->>'mainPersonId', contacts->>'deputyPersonId')
            """,
            new { organizationId, personId },
            cancellationToken);
}
