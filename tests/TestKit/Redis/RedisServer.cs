using System.Diagnostics;
using System.Net.Sockets;

namespace Delegation.TestKit.Redis;

/// <summary>A Redis of the test's own, in memory only.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly Process _process;

    private RedisServer(Process process) => _process = process;

    /// <summary>Why there is none, null if there is.</summary>
    public static string? WhyNone { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "redis-server")))
            ? null
            : "redis-server is not on the PATH; on Debian: apt-get install redis-server.";

    /// <summary>Starts one and waits until it takes connections.</summary>
    public static async Task<RedisServer> StartAsync(int port)
    {
        if (WhyNone is not null)
            throw new InvalidOperationException(WhyNone);

        // The shell ends Redis when its input closes, and that happens when this process ends, however it ends.
        var script = $"redis-server --port {port} --bind 127.0.0.1 --save '' --appendonly no >/dev/null & cat >/dev/null; kill -KILL $!; wait";
        var start = new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardInput = true, WorkingDirectory = Path.GetTempPath() };
        var server = new RedisServer(Process.Start(start)!);
        await Eventually.Async(async () =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        });
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().Within(10);
        _process.Dispose();
    }
}
