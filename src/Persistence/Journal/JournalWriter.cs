using System.Security.Cryptography;
using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Google.Protobuf;
using Npgsql;
using NpgsqlTypes;

namespace Delegation.Persistence.Journal;

/// <summary>Writes to the journal, in the transaction of the command.</summary>
public static class JournalWriter
{
    private const string Append = "SELECT append_journal($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

    /// <summary>
    /// Writes one entry: it goes to the database with the commit. Call it after the object was locked or written, so that entries of one object
    /// queue up in the order of its revisions. The actor is the session's; a session of the system role writes in the name of the platform.
    /// </summary>
    /// <remarks>
    /// What the database refuses is thrown by the commit, a <see cref="PostgresException"/>: <c>42501</c>: the session acts for no party of the entry.
    /// <c>23503</c>: there is no such delegation. <c>23505</c>: this revision of the object was written before.
    /// </remarks>
    public static Task AppendAsync(this DatabaseSession session, JournalEvent entry, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(clock);

        var now = clock.GetUtcNow();
        return session.LaterAsync(
            new NpgsqlBatchCommand(Append)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = NewId.At(now) },
                    new NpgsqlParameter<Guid> { TypedValue = entry.OwnerId },
                    Optional(entry.DelegationId),
                    Optional(entry.DelegateId),
                    new NpgsqlParameter<string> { TypedValue = entry.Visibility.Name() },
                    new NpgsqlParameter<string> { TypedValue = entry.ObjectType },
                    new NpgsqlParameter<Guid> { TypedValue = entry.ObjectId },
                    new NpgsqlParameter<long> { TypedValue = entry.Revision },
                    new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                    new NpgsqlParameter<string> { TypedValue = entry.Event.Descriptor.FullName },
                    new NpgsqlParameter<byte[]> { TypedValue = entry.Event.ToByteArray() },
                    new NpgsqlParameter<byte[]> { TypedValue = RandomNumberGenerator.GetBytes(JournalDigests.SaltSize) },
                },
            },
            cancellationToken);
    }

    private static NpgsqlParameter Optional(Guid? id) => new() { Value = id is { } known ? known : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };
}
