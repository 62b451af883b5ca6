using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Delegation.Benchmarks;

/// <summary>A server in a process of its own on a free port of this machine, ended with its children when it is disposed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private ServerProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>Starts it and waits until it accepts connections.</summary>
    public static async Task<ServerProcess> StartAsync(
        int port, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        var output = new List<string?>();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => output.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        var server = new ServerProcess(process, port);
        try
        {
            await server.ListensAsync(cancellation);
            return server;
        }
        catch (Exception)
        {
            await server.DisposeAsync();
            Console.Error.WriteLine(string.Join('\n', output));
            throw;
        }
    }

    /// <summary>A server of our own: an assembly run by <c>dotnet</c>.</summary>
    public static Task<ServerProcess> StartDotnetAsync(
        string assembly, Func<int, IEnumerable<string>> arguments, Func<int, Dictionary<string, string>>? environment, CancellationToken cancellation)
    {
        var port = FreePort();
        return StartAsync(port, "dotnet", [assembly, .. arguments(port)], environment?.Invoke(port), cancellation);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Processor time of it and its children so far.</summary>
    public TimeSpan ProcessorTime() => TimeSpan.FromSeconds(ProcessTree.Of(_process.Id).Sum(ProcessTree.ProcessorSeconds));

    /// <summary>What it and its children hold in memory.</summary>
    public long ProportionalKibibytes() => ProcessTree.Of(_process.Id).Sum(ProcessTree.ProportionalKibibytes);

    /// <summary>The most that it held in memory at any time (its resident set), without its children.</summary>
    public long MostKibibytes() => ProcessTree.MostKibibytes(_process.Id);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ListensAsync(CancellationToken cancellation)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < StartLimit; await Task.Delay(20, cancellation))
        {
            if (_process.HasExited)
                throw new NotMeasurableException(string.Create(
                    CultureInfo.InvariantCulture, $"{_process.StartInfo.FileName} ended with {_process.ExitCode} instead of listening on {Port}."));
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port, cancellation);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }

        throw new NotMeasurableException($"{_process.StartInfo.FileName} does not listen on {Port}.");
    }
}
