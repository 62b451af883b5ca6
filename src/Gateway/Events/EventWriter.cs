using System.Buffers;
using System.Text;
using Delegation.Gateway.Rest.Streams;

namespace Delegation.Gateway.Events;

/// <summary>Writes one stream: first what its reader missed, then what comes.</summary>
/// <param name="response">Where to.</param>
/// <param name="positions">What the reader has; moves on with what is written.</param>
internal sealed class EventWriter(HttpResponse response, EventPositions positions)
{
    public async Task WriteAsync(
        IReadOnlyList<JournalFeed> feeds, Subscription subscription, IReadOnlyList<long> starts, CancellationToken cancellationToken)
    {
        response.ContentType = EventStream.ContentType;
        response.Headers.CacheControl = "no-store";
        // Proxies in between, nginx for one, would collect events otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
        foreach (var (feed, start) in starts.Index())
        {
            if (positions[feed] is { } last)
                await foreach (var entry in feeds[feed].BetweenAsync(last, start, subscription.Organization, cancellationToken))
                    await WriteAsync(feed, entry, cancellationToken);

            positions.Reach(feed, start);
        }

        await WriteIdAsync(cancellationToken);
        await foreach (var delivery in subscription.Deliveries.ReadAllAsync(cancellationToken))
            if (delivery.Entry is { } entry)
                await WriteAsync(delivery.Feed, entry, cancellationToken);
            else
                await WriteReachedAsync(delivery.Reached!, cancellationToken);
    }

    private async Task WriteAsync(int feed, PublishedEntry entry, CancellationToken cancellationToken)
    {
        // Another gateway may have been ahead of this one.
        if (positions[feed] >= entry.Entry.Position)
            return;

        positions.Reach(feed, entry.Entry.Position);
        WriteText($"id: {positions}\nevent: {entry.Entry.EventType}\ndata: ");
        response.BodyWriter.Write(entry.Data);
        WriteText("\n\n");
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    private Task WriteReachedAsync(IReadOnlyList<long?> reached, CancellationToken cancellationToken)
    {
        foreach (var (feed, position) in reached.Index())
            if (position is { } known)
                positions.Reach(feed, known);

        return WriteIdAsync(cancellationToken);
    }

    // An id without data is no event, but the reader keeps it.
    private async Task WriteIdAsync(CancellationToken cancellationToken)
    {
        WriteText($": \nid: {positions}\n\n");
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    private void WriteText(string text) => Encoding.UTF8.GetBytes(text, response.BodyWriter);
}
