extern alias migrator;

using Delegation.TestKit.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Delegation.ProjectDelivery.Tests;

/// <summary>The service as it runs, in this process, beside a made-up Contracts, Reporting and journal of Watch.</summary>
public sealed class DeliveryHost : ServiceHost<Program>, IAsyncLifetime
{
    private GrpcPeer? _watch;

    public DeliveryHost()
        : base("delivery", typeof(migrator::Program).Assembly)
    {
        KnowsItself();
    }

    internal MadeUpContracts Contracts { get; } = new();

    internal MadeUpReporting Reporting { get; } = new();

    /// <summary>What Watch tells.</summary>
    internal MadeUpJournal Watch { get; } = new();

    async Task IAsyncLifetime.InitializeAsync()
    {
        await Contracts.StartAsync();
        await Reporting.StartAsync();
        _watch = await GrpcPeer.StartAsync(services => services.AddSingleton(Watch), server => server.MapGrpcService<MadeUpJournal.Peer>());
        Settings["services:contracts:grpc:0"] = Contracts.Address;
        Settings["services:reporting:grpc:0"] = Reporting.Address;
        Settings["services:watch:grpc:0"] = _watch.Address;
        await InitializeAsync();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await Contracts.DisposeAsync();
        await Reporting.DisposeAsync();
        await _watch!.DisposeAsync();
    }
}
