extern alias migrator;

using System.Net;
using Delegation.Persistence.DueWork;
using Delegation.TestKit.Hosting;
using Delegation.Watch.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Delegation.Watch.Tests;

/// <summary>
/// The service as it runs, in this process, beside made-up Contracts and ProjectDelivery. It reads no source by itself: tests tell it when, and what they find is
/// there afterwards.
/// </summary>
public class WatchHost : ServiceHost<Program>, IAsyncLifetime
{
    /// <summary>The assembly with the migrations of all services.</summary>
    internal static readonly System.Reflection.Assembly Migrations = typeof(migrator::Program).Assembly;

    public WatchHost()
        : base("watch", Migrations)
    {
    }

    internal MadeUpPeers Peers { get; } = new();

    async Task IAsyncLifetime.InitializeAsync()
    {
        await Peers.StartAsync();
        Settings["services:contracts:grpc:0"] = Peers.Address;
        Settings["services:delivery:grpc:0"] = Peers.Address;
        await InitializeAsync();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await Peers.DisposeAsync();
    }

    protected override void Prepare(IServiceCollection services)
    {
        foreach (var own in services.Where(service => service.ImplementationType == typeof(SourceReaders)).ToArray())
            services.Remove(own);
        services.RemoveAll<IDueWork>();
        services.Replace(ServiceDescriptor.Singleton<IAddressPolicy, LoopbackToo>());
    }

    /// <summary>Only tests can give it: no setting of the product opens an address that is not public.</summary>
    internal sealed class LoopbackToo : IAddressPolicy
    {
        private readonly PublicAddresses _public = new();

        public bool Allows(IPEndPoint destination) => IPAddress.IsLoopback(destination.Address) || _public.Allows(destination);
    }
}

/// <summary>The same, which reads by itself what is due.</summary>
public sealed class ReadingHost : WatchHost
{
    protected override void Prepare(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<IAddressPolicy, LoopbackToo>());
}
