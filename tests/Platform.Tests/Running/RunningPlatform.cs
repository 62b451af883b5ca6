using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Grpc.Core;
using Grpc.Net.Client;

namespace Delegation.Platform.Tests.Running;

/// <summary>The whole platform from the AppHost's own Program.cs, on free ports and data that goes with it; one for all tests that only call it.</summary>
public sealed class RunningPlatform : IAsyncLifetime
{
    private DistributedApplication? _application;

    public DistributedApplication Application => _application ?? throw new InvalidOperationException("The platform has not started.");

    public async Task InitializeAsync()
    {
        if (PlatformFactAttribute.Missing is not null)
        {
            return;
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--Data:Persist=false", $"--{DemoUser.SecretSetting}={DemoUser.Secret}"], limit.Token);
        _application = await builder.BuildAsync(limit.Token);
        await _application.StartAsync(limit.Token);
        await _application.ResourceNotifications.WaitForResourceHealthyAsync("gateway", limit.Token);
    }

    public async Task DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }
    }

    /// <summary>The metadata of a call by the demo user, for an organisation.</summary>
    public Task<Metadata> CallAsync(string? organization = null) => DemoUser.CallAsync(Application.GetEndpoint("identity", "http"), organization);

    /// <summary>A gRPC channel to the gateway's public port.</summary>
    public GrpcChannel OpenChannel() => GrpcChannel.ForAddress(Application.GetEndpoint("gateway", "grpc"));
}

/// <summary>Tests that call one running platform; they make their own rows and look at no others.</summary>
[CollectionDefinition(nameof(RunningPlatform))]
public sealed class RunningPlatformTests : ICollectionFixture<RunningPlatform>;
