using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Delegation.TestKit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Delegation.Servers.Tests.PostgreSQL;

public sealed class Databases_of_a_server : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [PostgresFact]
    public async Task They_are_created_once_when_the_server_is_ready()
    {
        var builder = ServerRun.NewApplication(_folder);
        var server = builder.AddPostgres("pg");
        server.AddDatabase("plain");
        server.AddDatabase("quoted", "with \"quotes\"; and spaces");
        await using var run = await ServerRun.StartAsync(builder, server.Resource, _folder.At("pg"));
        await run.HealthyAsync();
        Assert.StartsWith("3D000", (await run.CheckAsync("plain_check")).Description, StringComparison.Ordinal);

        await builder.Eventing.PublishAsync(new ResourceReadyEvent(server.Resource, null!));
        await builder.Eventing.PublishAsync(new ResourceReadyEvent(server.Resource, null!));

        Assert.Equal(HealthStatus.Healthy, (await run.CheckAsync("plain_check")).Status);
        Assert.Equal(HealthStatus.Healthy, (await run.CheckAsync("quoted_check")).Status);
        Assert.DoesNotContain("ERROR", run.Log, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_server_that_has_stopped_is_unhealthy_and_says_why()
    {
        var builder = ServerRun.NewApplication(_folder);
        var server = builder.AddPostgres("pg");
        await using var run = await ServerRun.StartAsync(builder, server.Resource, _folder.At("pg"));
        await run.HealthyAsync();

        await run.StopAsync();

        var check = await run.CheckAsync("pg_check");
        Assert.Equal(HealthStatus.Unhealthy, check.Status);
        Assert.Equal("It accepts no connections.", check.Description);
    }

    public void Dispose() => _folder.Dispose();
}
