using Delegation.Journal.V1;
using Delegation.Persistence.Tenancy;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.Persistence.Journal;

/// <summary>
/// Follows the journal of a service and applies its entries to this service's database, each exactly once and in order: how far it
/// is, is saved in the transaction that applies. One replica does it at a time. An entry that cannot be applied is tried again and
/// again, at most 30 seconds apart, and nothing after it is applied before it.
/// </summary>
/// <param name="name">Names the position in the database, as <c>delegations</c>; another name starts from the first entry again.</param>
/// <param name="source">The journal to follow.</param>
/// <param name="dataSource">Connects as the system role of the service that follows.</param>
/// <param name="clock">Gives the time.</param>
/// <param name="logger">Is told what goes wrong.</param>
public abstract class JournalFollower(string name, Client source, NpgsqlDataSource dataSource, TimeProvider clock, ILogger logger) : BackgroundService
{
    private readonly FollowerPositions _positions = new(name, clock);
    private readonly SystemSessions _sessions = new(dataSource);

    // After a failure the entries are applied one by one, so that the good ones before the bad one are not undone with it.
    private bool _oneByOne;

    /// <summary>Applies one entry, in the session's transaction, which acts for the entry's owner. Ignore what does not concern you.</summary>
    protected abstract Task ApplyAsync(SealedEntry entry, SystemSession session, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new Leadership(dataSource, $"journal follower {name}", clock, logger).RunAsync(FollowAsync, stoppingToken);

    private async Task FollowAsync(NpgsqlConnection leadership, BackOff backOff, CancellationToken cancellationToken)
    {
        var position = await _positions.LastAsync(_sessions, cancellationToken);
        using var call = source.Follow(
            new FollowRequest { AfterPosition = position.Position, AfterHash = ByteString.CopyFrom(position.Hash.Span) },
            cancellationToken: cancellationToken);

        await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            foreach (var entries in response.Entries.Select(entry => entry.ToEntry()).Chunk(_oneByOne ? 1 : Math.Max(response.Entries.Count, 1)))
                position = await StepAsync(position, entries, cancellationToken);

            _oneByOne = false;
            backOff.Succeeded();
        }

        logger.JournalEnded(name, position.Position);
    }

    private async Task<FollowerPosition> StepAsync(FollowerPosition position, SealedEntry[] entries, CancellationToken cancellationToken)
    {
        if (entries[0].Position != position.Position + 1)
            throw new InvalidOperationException($"The journal sent the entry at {entries[0].Position} after the one at {position.Position}.");

        try
        {
            await using var session = await _sessions.OpenAsync(cancellationToken);
            foreach (var entry in entries)
            {
                session.ActFor(entry.Entry.OwnerId);
                await ApplyAsync(entry, session, cancellationToken);
            }

            var next = new FollowerPosition(entries[^1].Position, entries[^1].Hash);
            await _positions.SaveAsync(session, position, next, cancellationToken);
            await session.CommitAsync(cancellationToken);
            return next;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            _oneByOne = true;
            logger.EntriesNotApplied(name, entries[0].Position, entries[^1].Position);
            throw;
        }
    }
}
