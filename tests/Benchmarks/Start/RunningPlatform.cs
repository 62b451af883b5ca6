using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Delegation.Benchmarks.Start;

/// <summary>The platform, started as a developer starts it, on ports that nobody else uses.</summary>
internal sealed class RunningPlatform : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly Process _command;
    private readonly int _restPort;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _output = [];

    private RunningPlatform(Process command, int restPort)
    {
        _command = command;
        _restPort = restPort;
    }

    public static RunningPlatform Start(IEnumerable<string> arguments)
    {
        var restPort = ServerProcess.FreePort();
        var start = new ProcessStartInfo("dotnet",
        [
            "run", "--no-build", "--project", Path.Combine(Repository.Root, "AppHost"), "--",
            $"--Gateway:RestPort={restPort}", $"--Gateway:GrpcPort={ServerProcess.FreePort()}", $"--Identity:Port={ServerProcess.FreePort()}",
            .. arguments,
        ]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };

        var platform = new RunningPlatform(Process.Start(start)!, restPort);
        platform._command.OutputDataReceived += (_, line) => platform.Read(line.Data);
        platform._command.ErrorDataReceived += (_, line) => platform.Read(line.Data);
        platform._command.BeginOutputReadLine();
        platform._command.BeginErrorReadLine();
        return platform;
    }

    /// <summary>Waits for the line below the table, which is written when every resource is healthy.</summary>
    public async Task UntilReadyAsync(CancellationToken cancellation)
    {
        var first = await Task.WhenAny(_ready.Task, _command.WaitForExitAsync(cancellation), Task.Delay(Limit, cancellation));
        if (first != _ready.Task)
            throw new NotMeasurableException($"The platform did not become ready:\n{Output()}");
    }

    /// <summary>The line is only believed when the gateway says the same.</summary>
    public async Task CheckHealthAsync(CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var health = JsonDocument.Parse(await client.GetStringAsync($"http://localhost:{_restPort}/health", cancellation)).RootElement;
        if (health.GetProperty("status").GetString() != "Healthy")
            throw new NotMeasurableException($"The platform says it is ready, but the gateway says {health}");
    }

    /// <summary>The AppHost and all that it started, also what left its tree; not the command that started it.</summary>
    public IReadOnlyList<int> Processes()
    {
        var appHost = ProcessTree.Of(_command.Id).First(process => process != _command.Id);
        var tree = ProcessTree.Of(appHost);
        return [.. tree.Union(ProcessTree.WithEnvironmentOf(tree, "ASPIRE_LOCAL_PROCESS"))];
    }

    /// <summary>Ctrl-C.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-INT", _command.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellation);
        // The command hands the signal on only when a terminal sent it to both; from here each gets its own.
        foreach (var appHost in ProcessTree.ChildrenOf(_command.Id))
        {
            using var second = Process.Start("kill", ["-INT", appHost.ToString(CultureInfo.InvariantCulture)]);
            await second.WaitForExitAsync(cancellation);
        }

        await _command.WaitForExitAsync(cancellation).WaitAsync(Limit, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_command.HasExited)
        {
            // The AppHost notices that its command is gone and stops what it started.
            _command.Kill();
            await _command.WaitForExitAsync();
        }

        _command.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.Add(line);
        if (line.StartsWith("Ready after ", StringComparison.Ordinal))
            _ready.TrySetResult();
        else if (line.StartsWith("Up, without ", StringComparison.Ordinal))
            _ready.TrySetException(new NotMeasurableException($"Not everything came up:\n{Output()}"));
    }

    private string Output()
    {
        lock (_output)
            return string.Join('\n', _output.TakeLast(60));
    }
}
