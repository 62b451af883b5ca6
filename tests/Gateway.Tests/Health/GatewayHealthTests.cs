using System.Net;
using System.Text.Json;
using Delegation.Gateway.Tests.Hosts;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Delegation.Gateway.Tests.Health;

public sealed class GatewayHealthTests
{
    private const string NobodyThere = "http://127.0.0.1:9"; // the port "discard", where nothing listens

    [Fact]
    public async Task A_gateway_whose_services_serve_is_healthy()
    {
        await using var service = await ServiceHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync([service.Address]);

        var (status, health) = await GetAsync(gateway, "/health");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Healthy", health.GetProperty("status").GetString());
        Assert.Equal("Healthy", State(health, "probe"));
    }

    [Fact]
    public async Task A_service_that_is_down_degrades_the_gateway_and_is_named()
    {
        await using var gateway = await GatewayHost.StartAsync([NobodyThere]);

        var (status, health) = await GetAsync(gateway, "/health");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Degraded", health.GetProperty("status").GetString());
        Assert.Equal("Degraded", State(health, "probe"));
        Assert.Equal("It cannot be reached.", health.GetProperty("checks").GetProperty("probe").GetProperty("description").GetString());
        Assert.Equal("Healthy", (await GetAsync(gateway, "/alive")).Health.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_service_that_says_it_cannot_serve_degrades_the_gateway_until_it_can()
    {
        var state = HealthCheckResult.Unhealthy();
        await using var service = await ServiceHost.StartAsync(health: () => state);
        await using var gateway = await GatewayHost.StartAsync([service.Address]);

        Assert.Equal("Degraded", State((await GetAsync(gateway, "/health")).Health, "probe"));

        state = HealthCheckResult.Healthy();
        await Eventually.Async(async () => State((await GetAsync(gateway, "/health")).Health, "probe") == "Healthy");
    }

    [Fact]
    public async Task One_replica_of_two_that_is_down_is_told()
    {
        await using var service = await ServiceHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync([service.Address, NobodyThere]);

        var (_, health) = await GetAsync(gateway, "/health");

        Assert.Equal("Degraded", State(health, "probe"));
        Assert.StartsWith(
            "1 of 2 replicas", health.GetProperty("checks").GetProperty("probe").GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_redis_the_gateway_is_degraded_and_goes_on()
    {
        await using var service = await ServiceHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync([service.Address], builder =>
        {
            builder.Configuration["ConnectionStrings:redis"] = "127.0.0.1:9";
            builder.AddRedisClient("redis");
        });

        // The Redis client blocks threads while it fails to connect; on a small machine the service's answer may come late the first time.
        await Eventually.Async(async () => State((await GetAsync(gateway, "/health")).Health, "probe") == "Healthy");
        var (status, health) = await GetAsync(gateway, "/health");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Degraded", health.GetProperty("status").GetString());
        Assert.Equal("Degraded", State(health, "StackExchange.Redis"));
        await gateway.Client.UnaryAsync(new()).ResponseAsync.Within(10);
    }

    private static string? State(JsonElement health, string check) =>
        health.GetProperty("checks").GetProperty(check).GetProperty("status").GetString();

    private static async Task<(HttpStatusCode Status, JsonElement Health)> GetAsync(GatewayHost gateway, string path)
    {
        using var client = new HttpClient { BaseAddress = gateway.HttpAddress, Timeout = TimeSpan.FromSeconds(15) };
        using var response = await client.GetAsync(path);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
