using System.Security.Cryptography;
using Delegation.Persistence.Tenancy;
using Google.Protobuf;

namespace Delegation.Persistence.Journal;

/// <summary>Writes to the journal, in the transaction of the command.</summary>
public static class JournalWriter
{
    /// <summary>
    /// Writes one entry. Call it after the object was locked or written, so that entries of one object queue up in the order of its
    /// revisions. The actor is the session's; a session of the system role writes in the name of the platform.
    /// </summary>
    /// <exception cref="Npgsql.PostgresException">
    /// <c>42501</c>: the session acts for no party of the entry. <c>23503</c>: there is no such delegation.
    /// <c>23505</c>: this revision of the object was written before.
    /// </exception>
    public static Task AppendAsync(this DatabaseSession session, JournalEvent entry, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(clock);

        const string Sql =
            """
            SELECT append_journal(@EntryId, @OwnerId, @DelegationId, @DelegateId, @Visibility, @ObjectType, @ObjectId, @Revision,
                                  @OccurTime, @EventType, @Payload, @Salt)
            """;

        var now = clock.GetUtcNow();
        return session.ExecuteAsync(
            Sql,
            new
            {
                EntryId = Guid.CreateVersion7(now),
                entry.OwnerId,
                entry.DelegationId,
                entry.DelegateId,
                Visibility = entry.Visibility.Name(),
                entry.ObjectType,
                entry.ObjectId,
                entry.Revision,
                OccurTime = now.UtcDateTime,
                EventType = entry.Event.Descriptor.FullName,
                Payload = entry.Event.ToByteArray(),
                Salt = RandomNumberGenerator.GetBytes(JournalDigests.SaltSize),
            },
            cancellationToken);
    }
}
