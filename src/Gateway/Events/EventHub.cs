using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.ClientFactory;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.Gateway.Events;

/// <summary>The services whose journals are followed: all that people call.</summary>
internal sealed record EventSources(IReadOnlyList<string> Services);

/// <summary>All feeds and all open streams.</summary>
internal sealed class EventHub(EventSources sources, GrpcClientFactory clients, ILogger<EventHub> logger) : BackgroundService
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Subscription, bool> _open = new();

    public IReadOnlyList<JournalFeed> Feeds { get; } =
        [.. sources.Services.Select((service, number) => new JournalFeed(number, service, clients.CreateClient<Client>(service), logger))];

    /// <summary>Begins to deliver, from the positions that are returned on.</summary>
    public async Task<IReadOnlyList<long>> OpenAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(Feeds.Select(feed => feed.Started)).WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Without the end of every journal a stream has no place to start from.
            throw new RpcException(new Status(StatusCode.Unavailable, "A service has not been there since this gateway started."));
        }

        _open[subscription] = true;
        return [.. Feeds.Select(feed => feed.Subscribe(subscription))];
    }

    public void Close(Subscription subscription)
    {
        _open.TryRemove(subscription, out _);
        foreach (var feed in Feeds)
            feed.Unsubscribe(subscription);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([TellPositionsAsync(stoppingToken), .. Feeds.Select(feed => feed.RunAsync(stoppingToken))]);

    // One timer for all streams. It also moves their ids on past what is not for them, so that nobody reads that again after a break.
    private async Task TellPositionsAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(SignOfLife, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var reached = Feeds.Select(feed => feed.Position).ToArray();
            foreach (var (stream, _) in _open)
                stream.Deliver(new Delivery(-1, null, reached));
        }
    }
}
