using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Npgsql;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.JournalProcess;

/// <summary>Notes each entry that it is given, and how long ago that was committed or little before.</summary>
internal sealed class Follower(
    string name, Client source, [FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource, TimeProvider clock, ILogger<Follower> logger)
    : JournalFollower(name, source, dataSource, clock, logger)
{
    private readonly TimeProvider _clock = clock;
    private readonly string _name = name;

    protected override Task ApplyAsync(SealedEntry entry, SystemSession session, CancellationToken cancellationToken) => session.ExecuteAsync(
        "INSERT INTO applied (follower, position, object_id, revision, latency) VALUES (@Follower, @Position, @ObjectId, @Revision, @Latency)",
        new
        {
            Follower = _name,
            entry.Position,
            entry.Entry.ObjectId,
            entry.Entry.Revision,
            Latency = (_clock.GetUtcNow().UtcDateTime - entry.Entry.OccurTime).TotalMilliseconds,
        },
        cancellationToken);
}
