using Delegation.Journal.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Npgsql;

namespace Delegation.Persistence.Access;

/// <summary>Writes to the journal what an auditor reads: one entry for each call that is answered, before the auditor has the answer.</summary>
internal sealed class AuditReadLog(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const string ObjectType = "audit_read";

    private readonly TenantSessions _sessions = new(dataSource);

    public async Task AppendAsync(AuditReading reading, string method, IMessage request, CancellationToken cancellationToken)
    {
        var read = new AuditRead { MissionId = reading.Caller.Auditing!.MissionId.ToString(), Rpc = method.TrimStart('/'), Objects = { Named(request) } };
        // Reading is all that the auditor's own session can do; the entry is in their name all the same.
        await using var session = await _sessions.OpenAsync(reading.Caller with { Auditing = null }, cancellationToken);
        await session.AppendAsync(
            new JournalEvent(reading.OwnerId, reading.DelegationId, reading.DelegateId, reading.SeenBy, ObjectType, NewId.At(clock.GetUtcNow()), 1, read),
            clock,
            cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>The ids that the request names but the delegation's, which the entry has.</summary>
    private static IEnumerable<AuditRead.Types.Named> Named(IMessage request) =>
        from field in request.Descriptor.Fields.InDeclarationOrder()
        where field is { FieldType: FieldType.String, IsRepeated: false } && field.Name.EndsWith("_id", StringComparison.Ordinal) && field.Name != "delegation_id"
        let id = (string)field.Accessor.GetValue(request)
        where Guid.TryParseExact(id, "D", out _)
        select new AuditRead.Types.Named { Field = field.Name, Id = id };

    /// <summary>An answer in many messages, of which the first goes out when the entry is written.</summary>
    internal sealed class Stream<T>(IServerStreamWriter<T> answers, Func<Task> append) : IServerStreamWriter<T>
    {
        private bool _appended;

        /// <inheritdoc/>
        public WriteOptions? WriteOptions
        {
            get => answers.WriteOptions;
            set => answers.WriteOptions = value;
        }

        /// <inheritdoc/>
        public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

        /// <inheritdoc/>
        public async Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            await AppendOnceAsync();
            await answers.WriteAsync(message, cancellationToken);
        }

        /// <summary>Writes the entry unless it is written; an answer may have no message.</summary>
        public async Task AppendOnceAsync()
        {
            if (_appended)
                return;

            await append();
            _appended = true;
        }
    }
}
