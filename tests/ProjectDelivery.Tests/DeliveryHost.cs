extern alias migrator;

using Delegation.TestKit.Hosting;

namespace Delegation.ProjectDelivery.Tests;

/// <summary>The service as it runs, in this process, beside a made-up Contracts; Reporting and Watch are away.</summary>
public sealed class DeliveryHost : ServiceHost<Program>, IAsyncLifetime
{
    public DeliveryHost()
        : base("delivery", typeof(migrator::Program).Assembly)
    {
        foreach (var away in new[] { "reporting", "watch" })
            Settings[$"services:{away}:grpc:0"] = "http://127.0.0.1:1";
        KnowsItself();
    }

    internal MadeUpContracts Contracts { get; } = new();

    async Task IAsyncLifetime.InitializeAsync()
    {
        await Contracts.StartAsync();
        Settings["services:contracts:grpc:0"] = Contracts.Address;
        await InitializeAsync();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await Contracts.DisposeAsync();
    }
}
