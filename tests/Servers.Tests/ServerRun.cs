using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local;
using Aspire.Hosting.Local.Servers;
using Delegation.TestKit;
using Delegation.TestKit.Cluster;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Delegation.Servers.Tests;

/// <summary>
/// One run of a server resource, from preparing its data to its end: what the orchestrator does, with nothing of it but the
/// description of the process.
/// </summary>
internal sealed class ServerRun : IAsyncDisposable
{
    private readonly IDistributedApplicationBuilder _builder;
    private readonly int _stopSignal;
    private readonly ConcurrentQueue<string> _log = new();

    private ServerRun(IDistributedApplicationBuilder builder, ContainerResource resource, ProcessSpec spec, int stopSignal, int port)
    {
        _builder = builder;
        _stopSignal = stopSignal;
        Resource = resource;
        Spec = spec;
        Port = port;
        var (program, arguments) = OsAccount.InsteadOfRoot(spec.RunAs ?? "") is { } account
            ? account.Wrap(spec.FileName, spec.Arguments)
            : (spec.FileName, spec.Arguments);
        Process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = spec.WorkingDirectory, RedirectStandardOutput = true, RedirectStandardError = true,
            },
        };
        Process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        Process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        Process.Start();
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
    }

    public ContainerResource Resource { get; }

    public ProcessSpec Spec { get; }

    public int Port { get; }

    public Process Process { get; }

    public string Log => string.Join('\n', _log);

    /// <summary>An empty application that keeps its generated secrets in the folder.</summary>
    public static IDistributedApplicationBuilder NewApplication(TemporaryFolder folder) =>
        DistributedApplication.CreateBuilder([$"--Aspire:Store:Path={folder.At("store")}"]);

    public static async Task<ServerRun> StartAsync(
        IDistributedApplicationBuilder builder, ContainerResource resource, string dataDirectory, bool persistent = false)
    {
        var program = resource.Annotations.OfType<ServerRequirement>().Single().Program;
        await ServerAvailability.InstallAsync(program, CancellationToken.None);

        var endpoint = resource.Annotations.OfType<EndpointAnnotation>().Single();
        var port = FreePort();
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", port);

        var native = resource.Annotations.OfType<NativeServer>().Single();
        var spec = await native.PrepareAsync(
            new NativeServerContext(
                resource, dataDirectory, persistent, new Dictionary<string, int> { [endpoint.Name] = port },
                new ConfigurationBuilder().Build(), NullLogger.Instance),
            CancellationToken.None).Within(60);
        return new ServerRun(builder, resource, spec, native.StopSignal, port);
    }

    /// <summary>Takes one of the application's health checks.</summary>
    public async Task<HealthReportEntry> CheckAsync(string name)
    {
        await using var services = _builder.Services.BuildServiceProvider();
        var report = await services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Name == name).Within(20);
        return report.Entries[name];
    }

    public async Task HealthyAsync()
    {
        try
        {
            await Eventually.Async(async () => (await CheckAsync($"{Resource.Name}_check")).Status is HealthStatus.Healthy);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{Resource.Name} did not become healthy. Its log:\n{Log}", late);
        }
    }

    /// <summary>Stops it as the orchestrator does, and waits for its end.</summary>
    public async Task StopAsync()
    {
        if (!Process.HasExited)
        {
            using var kill = Process.Start("kill", [$"-{_stopSignal}", $"{Process.Id}"]);
            await Process.WaitForExitAsync().Within(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Process.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
