using System.Threading.Channels;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;

namespace Delegation.Watch.Sources;

/// <summary>
/// When a source is due: hands it to the readers and puts it on the list again for later, so that other due work does not wait for a slow site. Whoever reads it sets the
/// next time; when the process dies meanwhile, it is due again.
/// </summary>
internal sealed class SourceReading(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "watch_source.read";

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private readonly Channel<(Guid OwnerId, Guid SourceId)> _due = Channel.CreateBounded<(Guid OwnerId, Guid SourceId)>(100);

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <summary>What the readers take from.</summary>
    public ChannelReader<(Guid OwnerId, Guid SourceId)> Due => _due.Reader;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        if (await session.FindSourceAsync(item.OwnerId, item.ObjectId, locking: false, cancellationToken) is not { Paused: false })
            return;

        await session.ScheduleAsync(Kind, item.OwnerId, item.ObjectId, clock.GetUtcNow() + Lease, cancellationToken);
        // With more than that many waiting, the rest is left where it is until the lease is over.
        _due.Writer.TryWrite((item.OwnerId, item.ObjectId));
    }
}
