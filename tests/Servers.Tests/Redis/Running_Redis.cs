using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Delegation.TestKit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Delegation.Servers.Tests.Redis;

public sealed class Running_Redis : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [RedisFact]
    public async Task It_starts_answers_a_ping_and_stops_in_order()
    {
        await using var run = await StartAsync("secret");
        await run.HealthyAsync();

        await run.StopAsync();

        Assert.Equal(0, run.Process.ExitCode);
        Assert.Contains("bye bye", run.Log, StringComparison.Ordinal);
        var check = await run.CheckAsync("cache_check");
        Assert.Equal(HealthStatus.Unhealthy, check.Status);
        Assert.Equal("It accepts no connections.", check.Description);
    }

    [RedisFact]
    public async Task Only_the_password_opens_it()
    {
        await using var run = await StartAsync("secret");
        await run.HealthyAsync();

        var other = ServerRun.NewApplication(_folder);
        var stranger = other.AddRedis("cache", port: null, other.AddParameter("wrong", "guess", secret: true));
        var endpoint = stranger.Resource.Annotations.OfType<EndpointAnnotation>().Single();
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", run.Port);
        var check = new Aspire.Hosting.Local.Redis.RedisHealthCheck(stranger.Resource);

        var answer = await check.CheckHealthAsync(
            new HealthCheckContext { Registration = new HealthCheckRegistration("cache_check", check, null, null) }).Within(10);
        Assert.Equal(HealthStatus.Unhealthy, answer.Status);
        Assert.StartsWith("-WRONGPASS", answer.Description, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task Any_password_will_do()
    {
        await using var run = await StartAsync("a b\" c\\ # é $x '\t{}");

        await run.HealthyAsync();
    }

    [RedisFact]
    public async Task The_password_is_in_no_argument_and_its_file_is_ours_alone()
    {
        const string secret = "never-to-be-seen";
        await using var run = await StartAsync(secret);
        await run.HealthyAsync();

        Assert.DoesNotContain(secret, await File.ReadAllTextAsync($"/proc/{run.Process.Id}/cmdline"), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(run.Spec.Arguments)));
    }

    [RedisFact]
    public async Task It_keeps_nothing_on_disk()
    {
        await using (var run = await StartAsync("secret"))
        {
            await run.HealthyAsync();
        }

        Assert.Equal(["redis.conf"], Directory.GetFiles(_folder.At("cache")).Select(Path.GetFileName));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ServerRun> StartAsync(string password)
    {
        var builder = ServerRun.NewApplication(_folder);
        var redis = builder.AddRedis("cache", port: null, builder.AddParameter("cache-secret", password, secret: true));
        return await ServerRun.StartAsync(builder, redis.Resource, _folder.At("cache"));
    }
}
