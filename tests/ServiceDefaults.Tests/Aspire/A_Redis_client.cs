using Delegation.ServiceDefaults.Tests.Health;
using Delegation.TestKit.Redis;
using Delegation.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Delegation.ServiceDefaults.Tests.Aspire;

public sealed class A_Redis_client
{
    [RedisFact]
    public async Task Reads_what_it_wrote()
    {
        var port = ClosedPort.Find();
        await using var server = await RedisServer.StartAsync(port);
        await using var app = Build(("ConnectionStrings:redis", $"127.0.0.1:{port}"));
        var redis = app.Services.GetRequiredService<IConnectionMultiplexer>();

        await redis.GetDatabase().StringSetAsync("greeting", "bonjour").Within(10);

        Assert.Equal("bonjour", (string?)await redis.GetDatabase().StringGetAsync("greeting").Within(10));
        Assert.Same(redis, app.Services.GetRequiredService<IConnectionMultiplexer>());
    }

    [RedisFact]
    public async Task Outlives_a_server_that_comes_late_and_goes_early()
    {
        var port = ClosedPort.Find();
        await using var host = await ProbeHost.StartAsync(builder =>
        {
            builder.Configuration["ConnectionStrings:redis"] = $"127.0.0.1:{port},connectTimeout=500,syncTimeout=1000";
            builder.AddRedisClient("redis");
        });

        Assert.Equal("Degraded", await StatusAsync(host));

        await using (await RedisServer.StartAsync(port))
            await Eventually.Async(async () => await StatusAsync(host) == "Healthy", TimeSpan.FromSeconds(40));

        await Eventually.Async(async () => await StatusAsync(host) == "Degraded");
    }

    [Fact]
    public async Task Connects_on_first_use_only()
    {
        await using var app = Build(("ConnectionStrings:redis", $"127.0.0.1:{ClosedPort.Find()},connectTimeout=200"));

        await app.StartAsync().Within(10);

        // Not before now, so the application starts without Redis; and this does not throw for the lack of it.
        Assert.False(app.Services.GetRequiredService<IConnectionMultiplexer>().IsConnected);
    }

    [Fact]
    public async Task Is_named_in_the_message_when_no_server_is_configured()
    {
        await using var app = Build();

        var exception = Assert.Throws<InvalidOperationException>(app.Services.GetRequiredService<IConnectionMultiplexer>);

        Assert.Contains("'ConnectionStrings:redis'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'Aspire:StackExchange:Redis:ConnectionString'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_its_options_from_the_most_specific_place()
    {
        ConfigurationOptions? seen = null;
        await using var app = Build(
            options => { seen = options; options.KeepAlive = 44; },
            ("ConnectionStrings:redis", $"127.0.0.1:{ClosedPort.Find()},connectTimeout=200,connectRetry=1,syncTimeout=1001,keepAlive=41"),
            ("Aspire:StackExchange:Redis:ConnectionString", "unused:1"),
            ("Aspire:StackExchange:Redis:ConfigurationOptions:SyncTimeout", "1002"),
            ("Aspire:StackExchange:Redis:ConfigurationOptions:KeepAlive", "42"),
            ("Aspire:StackExchange:Redis:redis:ConfigurationOptions:KeepAlive", "43"));

        _ = app.Services.GetRequiredService<IConnectionMultiplexer>();

        Assert.Equal((1, 1002, 44, false), (seen!.ConnectRetry, seen.SyncTimeout, seen.KeepAlive, seen.AbortOnConnectFail));
    }

    [Fact]
    public async Task Gives_up_at_once_when_told_to()
    {
        await using var app = Build(("ConnectionStrings:redis", $"127.0.0.1:{ClosedPort.Find()},connectTimeout=200,connectRetry=1,abortConnect=true"));

        Assert.Throws<RedisConnectionException>(app.Services.GetRequiredService<IConnectionMultiplexer>);
    }

    private static WebApplication Build(params (string Key, string Value)[] settings) => Build(null, settings);

    private static WebApplication Build(Action<ConfigurationOptions>? configure, params (string Key, string Value)[] settings)
    {
        var (builder, _, _) = ProbeHost.CreateBuilder();
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;
        builder.AddRedisClient("redis", configureOptions: configure);
        return builder.Build();
    }

    private static async Task<string?> StatusAsync(ProbeHost host) =>
        (await host.ProbeAsync("/health")).Body.GetProperty("checks").GetProperty("StackExchange.Redis").GetProperty("status").GetString();
}
