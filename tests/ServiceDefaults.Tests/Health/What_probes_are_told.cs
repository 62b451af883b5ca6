using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Delegation.ServiceDefaults.Tests.Health;

public sealed class What_probes_are_told
{
    [Fact]
    public async Task All_is_well()
    {
        await using var host = await HealthHost.StartAsync(new FakeCheck());

        var (code, _, text) = await host.ProbeAsync("/health");

        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal("""{"status":"Healthy","checks":{"self":{"status":"Healthy"},"store":{"status":"Healthy"}}}""", text);
    }

    [Fact]
    public async Task A_failing_check_makes_the_service_unavailable_and_keeps_the_text_of_its_exception()
    {
        var check = new FakeCheck();
        check.Fail("password of db.internal refused");
        await using var host = await HealthHost.StartAsync(check);

        var (code, body, text) = await host.ProbeAsync("/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.Equal("Unhealthy", body.GetProperty("status").GetString());
        Assert.Equal("The check failed; the log says why.", body.GetProperty("checks").GetProperty("store").GetProperty("description").GetString());
        Assert.DoesNotContain("db.internal", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_degraded_service_still_gets_work_and_says_what_is_wrong()
    {
        var check = new FakeCheck { Answer = _ => Task.FromResult(HealthCheckResult.Degraded("Half of the replicas are away.")) };
        await using var host = await HealthHost.StartAsync(check);

        var (code, body, _) = await host.ProbeAsync("/health");

        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal("Degraded", body.GetProperty("status").GetString());
        Assert.Equal("Half of the replicas are away.", body.GetProperty("checks").GetProperty("store").GetProperty("description").GetString());
    }

    [Theory]
    [InlineData("StackExchange.Redis")]
    [InlineData("StackExchange.Redis_cache")]
    public async Task A_lost_Redis_degrades_the_service_and_no_more(string name)
    {
        var check = new FakeCheck();
        check.Fail("connection refused");
        await using var host = await HealthHost.StartAsync(check, name);

        var (code, body, _) = await host.ProbeAsync("/health");

        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal("Degraded", body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_process_is_alive_whatever_it_depends_on()
    {
        var check = new FakeCheck { Answer = async token => { await Task.Delay(Timeout.Infinite, token); return default; } };
        await using var host = await HealthHost.StartAsync(check);

        var (code, _, text) = await host.ProbeAsync("/alive");

        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal("""{"status":"Healthy","checks":{"self":{"status":"Healthy"}}}""", text);
        Assert.Equal(0, check.Runs);
    }
}
