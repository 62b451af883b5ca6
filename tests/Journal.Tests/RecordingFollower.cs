using System.Collections.Concurrent;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.Journal.Tests;

/// <summary>Notes each entry in the table of what was applied. The test may make it fail.</summary>
internal sealed class RecordingFollower(JournalDatabase database, Client source, Func<SealedEntry, bool>? fails = null, ILogger? logger = null)
    : JournalFollower("recorder", source, database.System, TimeProvider.System, logger ?? NullLogger.Instance)
{
    private readonly Func<SealedEntry, bool> _fails = fails ?? (_ => false);

    public ConcurrentQueue<SealedEntry> Seen { get; } = [];

    protected override async Task ApplyAsync(SealedEntry entry, SystemSession session, CancellationToken cancellationToken)
    {
        Seen.Enqueue(entry);
        await session.ExecuteAsync(
            "INSERT INTO applied (follower, position, object_id, revision, latency) VALUES (app_org()::text, @Position, @ObjectId, @Revision, 0)",
            new { entry.Position, entry.Entry.ObjectId, entry.Entry.Revision },
            cancellationToken);
        if (_fails(entry))
            throw new InvalidOperationException("The test wants this to fail.");
    }
}
