using System.Runtime.CompilerServices;
using Delegation.Journal.V1;
using Google.Protobuf;
using Grpc.Core;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.Gateway.Events;

/// <summary>
/// The journal of one service, followed once for all open streams: an entry is handed to the streams of those who may see it. It starts at the end; what
/// a stream missed before, it reads for itself.
/// </summary>
internal sealed class JournalFeed(int number, string service, Client client, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<Subscription>> _subscriptions = [];
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? _position;
    private ByteString _hash = ByteString.Empty;

    /// <summary>Ends when the end of the journal is known.</summary>
    public Task Started => _started.Task;

    /// <summary>Up to where entries were handed out.</summary>
    public long? Position
    {
        get
        {
            lock (_lock)
                return _position;
        }
    }

    /// <summary>Hands a stream the entries after the position that is returned.</summary>
    public long Subscribe(Subscription subscription)
    {
        lock (_lock)
        {
            if (!_subscriptions.TryGetValue(subscription.Organization, out var others))
                _subscriptions[subscription.Organization] = others = [];
            others.Add(subscription);
            return _position ?? throw new RpcException(new Status(StatusCode.Unavailable, $"The end of the journal of {service} is not known."));
        }
    }

    public void Unsubscribe(Subscription subscription)
    {
        lock (_lock)
            if (_subscriptions.TryGetValue(subscription.Organization, out var others) && others.Remove(subscription) && others.Count == 0)
                _subscriptions.Remove(subscription.Organization);
    }

    /// <summary>The entries between two positions that an organisation may see.</summary>
    public async IAsyncEnumerable<PublishedEntry> BetweenAsync(
        long after, long last, string organization, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (after >= last)
            yield break;

        using var call = client.Follow(new FollowRequest { AfterPosition = after }, cancellationToken: cancellationToken);
        await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken))
            foreach (var entry in response.Entries)
            {
                if (entry.Position > last)
                    yield break;

                var published = new PublishedEntry(service, entry);
                if (published.IsVisibleTo(organization))
                    yield return published;
                if (entry.Position == last)
                    yield break;
            }
    }

    /// <summary>Follows for ever, through whatever happens to the service.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var lost = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(() => lost = false, cancellationToken);
            }
            catch (Exception failure) when (failure is RpcException or HttpRequestException && !cancellationToken.IsCancellationRequested)
            {
                if (failure is RpcException { StatusCode: StatusCode.FailedPrecondition })
                    StartAnew();
                if (!lost)
                    logger.EventsInterrupted(service, failure);
                lost = true;
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(Action follows, CancellationToken cancellationToken)
    {
        var from = _position is { } position ? new FollowRequest { AfterPosition = position, AfterHash = _hash } : new FollowRequest { FromEnd = true };
        using var call = client.Follow(from, cancellationToken: cancellationToken);
        await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            follows();
            lock (_lock)
            {
                foreach (var entry in response.Entries)
                    HandOut(new PublishedEntry(service, entry));
                _position = response.Position;
            }

            _started.TrySetResult();
        }
    }

    // Under the lock, and before the position is said to be reached: whoever reads the position first and the queue then misses nothing.
    private void HandOut(PublishedEntry entry)
    {
        _hash = entry.Entry.Hash;
        Each(entry.Entry.OwnerId, entry);
        if (entry.Entry.DelegateId.Length > 0 && entry.Entry.DelegateId != entry.Entry.OwnerId)
            Each(entry.Entry.DelegateId, entry);
    }

    private void Each(string organization, PublishedEntry entry)
    {
        if (!_subscriptions.TryGetValue(organization, out var streams))
            return;

        var visible = entry.IsVisibleTo(organization);
        var left = entry.EndedMembership();
        foreach (var stream in streams)
            if (left is { } person && stream.IsOf(person) && entry.Entry.OwnerId == organization)
                stream.End();
            else if (visible)
                stream.Deliver(new Delivery(number, entry, null));
    }

    // The journal was restored from a backup. Streams end; what their readers come back with is compared with the new end.
    private void StartAnew()
    {
        lock (_lock)
        {
            (_position, _hash) = (null, ByteString.Empty);
            foreach (var stream in _subscriptions.Values.SelectMany(streams => streams))
                stream.End();
        }
    }
}
