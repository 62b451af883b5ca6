using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Delegation.StandIns.Tests.Testing;

/// <summary>The health of a running resource.</summary>
public sealed class HealthTests : IAsyncDisposable
{
    private readonly IDistributedApplicationTestingBuilder _builder = DistributedApplicationTestingBuilder.Create();

    [Fact]
    public async Task A_service_that_becomes_sick_is_told_with_the_reason()
    {
        var log = new RecordedLog();
        _builder.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(log);
        _builder.AddService("service");
        await using var app = await _builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", Limits.Token);

        using var client = app.CreateHttpClient("service");
        await client.PostAsync("/sick", content: null, Limits.Token);
        var sick = await app.ResourceNotifications.WaitForResourceAsync("service", e => e.Snapshot.HealthStatus == HealthStatus.Unhealthy, Limits.Token);

        Assert.Contains("answered 503, expected 200", Assert.Single(sick.Snapshot.HealthReports).Description, StringComparison.Ordinal);
        await Limits.UntilAsync(() => log.Lines.Any(line => line.Contains("Now Unhealthy: http", StringComparison.Ordinal)), "the change is logged");
    }

    [Theory]
    [InlineData("/health", 200, true)]
    [InlineData("/nowhere", 404, true)]
    [InlineData("/nowhere", 200, false)]
    [InlineData("/health", 204, false)]
    public async Task The_status_code_must_be_exactly_the_expected_one(string path, int expected, bool healthy)
    {
        _builder.AddProject<Projects.StandIns_Tests_Service>("service", launchProfileName: null).WithHttpEndpoint().WithHttpHealthCheck(path, expected);
        await using var app = await _builder.StartAsync();

        var reported = await app.ResourceNotifications.WaitForResourceAsync(
            "service",
            e => e.Snapshot.HealthStatus == HealthStatus.Healthy || e.Snapshot.HealthReports.Any(report => report.Description?.Contains("answered", StringComparison.Ordinal) == true),
            Limits.Token);

        Assert.Equal(healthy, reported.Snapshot.HealthStatus == HealthStatus.Healthy);
    }

    [Fact]
    public async Task When_one_resource_ends_the_others_are_looked_at_at_once()
    {
        var check = new Switch { IsHealthy = true };
        var server = _builder.AddShell("server", "exec sleep 1000");
        _builder.AddSleeper("client").WithCheck(check).WaitFor(server);
        await using var app = await _builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("client", Limits.Token);
        await Task.Delay(300); // The next look would come five seconds after the last one.

        check.IsHealthy = false;
        var pid = (int)app.SnapshotOf("server").Properties.Single().Value!;
        Aspire.Hosting.Local.Processes.Signals.Send(Aspire.Hosting.Local.Processes.ProcessIdentity.Of(pid)!.Value, Aspire.Hosting.Local.Processes.Signals.Kill);

        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        await app.ResourceNotifications.WaitForResourceAsync("client", e => e.Snapshot.HealthStatus == HealthStatus.Unhealthy, soon.Token);
    }

    [Fact]
    public async Task A_handler_of_readiness_that_fails_fails_whoever_waits()
    {
        var first = _builder.AddSleeper("first");
        _builder.AddSleeper("second").WaitFor(first);
        _builder.Eventing.Subscribe<ResourceReadyEvent>(first.Resource, (_, _) => throw new DistributedApplicationException("no database for you"));
        await using var app = await _builder.StartAsync();

        await app.ResourceNotifications.WaitForResourceAsync("second", KnownResourceStates.FailedToStart, Limits.Token);
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("first", Limits.Token));

        Assert.Equal("no database for you", failure.Message);
    }

    public async ValueTask DisposeAsync() => await _builder.DisposeAsync();
}
