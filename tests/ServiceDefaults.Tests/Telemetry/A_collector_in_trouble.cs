using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Delegation.Probe.V1;
using Delegation.ServiceDefaults.Tests.Processes;
using Delegation.TestKit;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Delegation.ServiceDefaults.Tests.Telemetry;

public sealed class A_collector_in_trouble
{
    [Fact]
    public async Task That_nobody_named_is_not_looked_for()
    {
        await using var host = await ProbeHost.StartAsync();

        Assert.Null(host.Services.GetService<TracerProvider>());
        Assert.Null(host.Services.GetService<MeterProvider>());
        Assert.Null(host.Services.GetService<LoggerProvider>());
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task That_is_away_disturbs_neither_calls_nor_the_shutdown(string protocol) =>
        await UndisturbedAsync($"http://127.0.0.1:{ClosedPort.Find()}", protocol);

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task That_accepts_and_never_answers_disturbs_neither_calls_nor_the_shutdown(string protocol)
    {
        // The system completes the connections; nobody ever reads from them.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await UndisturbedAsync($"http://{silent.LocalEndpoint}", protocol);
    }

    [Fact]
    public async Task Gets_what_is_left_when_a_service_ends()
    {
        await using var collector = await Collector.StartAsync();
        await using var service = await ServiceProcess.StartAsync([.. collector.SettingsOf("ending"),
            ("OTEL_BSP_SCHEDULE_DELAY", "60000"), ("OTEL_BLRP_SCHEDULE_DELAY", "60000"), ("OTEL_METRIC_EXPORT_INTERVAL", "60000")]);
        await service.Client.AskAsync(new Question { Text = "last words" }).ResponseAsync.Within(10);

        var (code, took) = await service.TerminateAsync();

        Assert.Equal(0, code);
        Assert.InRange(took.TotalSeconds, 0, 5);
        Assert.Single(collector.Received.Spans);
        Assert.Contains(collector.Received.Logs, log => log.Record.Body.StringValue == "Answered with 10 characters.");
        Assert.Contains(("ending", "http.server.request.duration"), collector.Received.Metrics);
    }

    private static async Task UndisturbedAsync(string endpoint, string protocol)
    {
        await using var service = await ServiceProcess.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), ("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_BLRP_SCHEDULE_DELAY", "100"), ("OTEL_METRIC_EXPORT_INTERVAL", "100"));
        await service.Client.AskAsync(new Question { Text = "warm-up" }).ResponseAsync.Within(10);
        var clock = Stopwatch.StartNew();
        for (var call = 0; call < 50; call++)
            await service.Client.AskAsync(new Question { Text = "word" }).ResponseAsync.Within(10);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);

        var (code, took) = await service.TerminateAsync();

        Assert.Equal(0, code);
        // What an orchestrator waits before it kills.
        Assert.InRange(took.TotalSeconds, 0, 6);
    }
}
