using Delegation.TestKit.Hosting;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Delegation.Reporting.Tests;

/// <summary>The service beside a Contracts and a ProjectDelivery that have a journal and nothing else: what a test tells is in it.</summary>
public sealed class ToldHost : ReportingHost, IAsyncLifetime
{
    private readonly MadeUpJournal _contracts = new();
    private readonly MadeUpJournal _delivery = new();
    private readonly List<GrpcPeer> _peers = [];

    async Task IAsyncLifetime.InitializeAsync()
    {
        foreach (var (name, journal) in new[] { ("contracts", _contracts), ("delivery", _delivery) })
        {
            var peer = await GrpcPeer.StartAsync(services => services.AddSingleton(journal), server => server.MapGrpcService<MadeUpJournal.Peer>());
            Settings[$"services:{name}:grpc:0"] = peer.Address;
            _peers.Add(peer);
        }

        await InitializeAsync();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        foreach (var peer in _peers)
            await peer.DisposeAsync();
    }

    /// <summary>Tells something as Contracts.</summary>
    internal void Tell((Guid Insurer, Guid Delegation, Guid Delegate) of, IMessage happened, Guid objectId, long revision) =>
        _contracts.Tell(of, happened, "told", objectId, revision);

    /// <summary>Tells something as ProjectDelivery.</summary>
    internal void TellOfProject((Guid Insurer, Guid Delegation, Guid Delegate) of, IMessage happened, Guid objectId, long revision) =>
        _delivery.Tell(of, happened, "told", objectId, revision);
}
