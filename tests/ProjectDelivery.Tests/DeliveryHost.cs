extern alias migrator;

using Delegation.TestKit.Hosting;

namespace Delegation.ProjectDelivery.Tests;

/// <summary>The service as it runs, in this process, beside a made-up Contracts and Reporting; Watch is away.</summary>
public sealed class DeliveryHost : ServiceHost<Program>, IAsyncLifetime
{
    public DeliveryHost()
        : base("delivery", typeof(migrator::Program).Assembly)
    {
        Settings["services:watch:grpc:0"] = "http://127.0.0.1:1";
        KnowsItself();
    }

    internal MadeUpContracts Contracts { get; } = new();

    internal MadeUpReporting Reporting { get; } = new();

    async Task IAsyncLifetime.InitializeAsync()
    {
        await Contracts.StartAsync();
        await Reporting.StartAsync();
        Settings["services:contracts:grpc:0"] = Contracts.Address;
        Settings["services:reporting:grpc:0"] = Reporting.Address;
        await InitializeAsync();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await Contracts.DisposeAsync();
        await Reporting.DisposeAsync();
    }
}
