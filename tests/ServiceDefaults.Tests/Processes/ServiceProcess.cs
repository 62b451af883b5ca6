using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Delegation.TestKit;
using Grpc.Net.Client;

namespace Delegation.ServiceDefaults.Tests.Processes;

/// <summary>The service of Program.cs as a process of its own.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private ServiceProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has written so far.</summary>
    public IReadOnlyCollection<string> Output => _output;

    public Uri GrpcAddress { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public GrpcChannel Channel { get; private set; } = null!;

    public Probe.V1.Probe.ProbeClient Client => new(Channel);

    public static async Task<ServiceProcess> StartAsync(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ServiceProcess).Assembly.Location])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the machine of the developer or the build server has set is not part of the test.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("OTEL_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["GRPC_PORT"] = start.Environment["HTTP_PORT"] = "0";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var service = new ServiceProcess(Process.Start(start)!);
        try
        {
            await Eventually.True(() => service.Output.Any(line => line.Contains("Application started", StringComparison.Ordinal)));
        }
        catch (TimeoutException exception)
        {
            await service.DisposeAsync();
            throw new TimeoutException(string.Join('\n', service.Output), exception);
        }
        var addresses = service.Output.Where(line => line.Contains("Now listening on: ", StringComparison.Ordinal))
            .Select(line => new Uri(line.Split("Now listening on: ")[1])).ToArray();
        service.GrpcAddress = addresses[0];
        service.Channel = GrpcChannel.ForAddress(addresses[0]);
        service.Http = new HttpClient { BaseAddress = addresses[1], Timeout = TimeSpan.FromSeconds(20) };
        return service;
    }

    /// <summary>Asks it to end, as orchestrators do, and gives its exit code and how long it took.</summary>
    public async Task<(int ExitCode, TimeSpan Took)> TerminateAsync()
    {
        var clock = Stopwatch.StartNew();
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync().Within(10);
        await _process.WaitForExitAsync().Within(30);
        return (_process.ExitCode, clock.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        Channel?.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync().Within(10);
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
            _output.Enqueue(line);
    }
}
