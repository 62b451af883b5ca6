using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Delegation.ServiceDefaults.Tests.Health;

internal static class HealthHost
{
    /// <summary>A service with one check of the given name beside its own.</summary>
    public static Task<ProbeHost> StartAsync(FakeCheck check, string name = "store", TimeProvider? time = null) => ProbeHost.StartAsync(builder =>
    {
        builder.Services.AddHealthChecks().AddCheck(name, check);
        if (time is not null)
            builder.Services.AddSingleton(time);
    });

    public static async Task<(HttpStatusCode Code, JsonElement Body, string Text)> ProbeAsync(this ProbeHost host, string path)
    {
        using var answer = await host.Http.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, JsonDocument.Parse(text).RootElement, text);
    }
}

/// <summary>A clock that only the test moves.</summary>
internal sealed class StoppedClock : TimeProvider
{
    private long _ticks = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan span) => Interlocked.Add(ref _ticks, span.Ticks);
}
