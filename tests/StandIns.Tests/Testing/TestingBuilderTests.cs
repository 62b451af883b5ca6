using Aspire.Hosting.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Delegation.StandIns.Tests.Testing;

/// <summary>A test runs the program of an AppHost.</summary>
public sealed class TestingBuilderTests
{
    [Fact]
    public async Task The_AppHosts_own_program_describes_the_application_and_the_test_may_change_it()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.StandIns_Tests_AppHost>(Limits.Token);
        Assert.Contains(builder.Resources, resource => resource.Name == "family");
        Assert.Equal(Projects.StandIns_Tests_AppHost.ProjectPath, builder.AppHostDirectory);
        builder.CreateResourceBuilder((ProjectResource)builder.Resources.Single(resource => resource.Name == "service")).WithEnvironment("FROM", "the test");

        await using var app = await builder.BuildAsync(Limits.Token);
        await app.StartAsync(Limits.Token);

        Assert.Equal("the test", (await app.EnvironmentOfAsync("service"))["FROM"]);
    }

    [Fact]
    public async Task Arguments_reach_the_program()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.StandIns_Tests_AppHost>(["--NeedParameters=true"], Limits.Token);

        Assert.Contains(builder.Resources, resource => resource.Name == "first-needed");
        await using var app = await builder.BuildAsync(Limits.Token);
        await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Limits.Token));
    }

    [Fact]
    public async Task Fixed_ports_are_not_used_so_that_tests_can_run_side_by_side()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();

        Assert.NotEqual(59999, first.GetEndpoint("service").Port);
        Assert.NotEqual(first.GetEndpoint("service"), second.GetEndpoint("service"));

        static async Task<DistributedApplication> StartAsync()
        {
            var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.StandIns_Tests_AppHost>(["--Service:Port=59999"], Limits.Token);
            var app = await builder.BuildAsync(Limits.Token);
            await app.StartAsync(Limits.Token);
            return app;
        }
    }

    [Fact]
    public async Task Disposing_ends_every_process_and_deletes_the_data()
    {
        LocalState state;
        await using (var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.StandIns_Tests_AppHost>(Limits.Token))
        {
            await using var app = await builder.BuildAsync(Limits.Token);
            await app.StartAsync(Limits.Token);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("family", Limits.Token);
            state = app.Services.GetRequiredService<LocalState>();
            Assert.True(Directory.Exists(state.Root));
            Assert.NotEmpty(Processes(state));
        }

        Assert.False(Directory.Exists(state.Root));
        Assert.Empty(Processes(state));

        static IReadOnlyList<Aspire.Hosting.Local.Processes.ProcessIdentity> Processes(LocalState state) =>
            Aspire.Hosting.Local.Processes.ProcessTable.WithVariable($"{Aspire.Hosting.Local.Processes.RunMarker.Variable}={OrchestratorServices.MarkerOf(state)}.");
    }

    [Fact]
    public async Task Running_is_not_yet_healthy()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddService("service");
        await using var app = await builder.StartAsync();

        var running = await app.ResourceNotifications.WaitForResourceAsync("service", e => e.Snapshot.State?.Text == KnownResourceStates.Running, Limits.Token);
        Assert.NotEqual(HealthStatus.Healthy, running.Snapshot.HealthStatus);

        var healthy = await app.ResourceNotifications.WaitForResourceHealthyAsync("service", Limits.Token);
        Assert.Equal(HealthStatus.Healthy, healthy.Snapshot.HealthStatus);
    }

    [Fact]
    public async Task Before_the_start_there_are_no_addresses()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddService("service");
        await using var app = builder.Build();

        Assert.Throws<InvalidOperationException>(() => app.CreateHttpClient("service"));
        Assert.Throws<InvalidOperationException>(() => app.GetEndpoint("service"));
    }

    [Fact]
    public async Task Unknown_resources_and_endpoints_are_named()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddService("service");
        await using var app = await builder.StartAsync();

        Assert.Contains("'servcie'", Assert.Throws<ArgumentException>(() => app.GetEndpoint("servcie")).Message, StringComparison.Ordinal);
        Assert.Contains("'grpc'", Assert.Throws<ArgumentException>(() => app.GetEndpoint("service", "grpc")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_fails_before_it_builds_fails_the_test_with_its_own_exception()
    {
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => DistributedApplicationTestingBuilder.CreateAsync<Projects.StandIns_Tests_AppHost>(["--DescribeWrongly=true"], Limits.Token));

        Assert.Contains("cannot wait for itself", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_builder_that_is_never_built_is_thrown_away_without_a_trace()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.StandIns_Tests_AppHost>(Limits.Token);

        await builder.DisposeAsync();
    }
}
