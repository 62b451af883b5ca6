using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Delegation.Gateway.Forwarding;

namespace Delegation.Gateway.Tests.Hosts;

/// <summary>A .NET program in a process of its own, which is killed (SIGKILL) when it is disposed, or when this process ends, however it ends.</summary>
internal sealed class OwnProcess : IAsyncDisposable
{
    // The shell kills the program when its input closes.
    private const string Guard = """dotnet "$@" </dev/null >/dev/null 2>&1 & echo $!; cat >/dev/null; kill -KILL $!; wait""";

    private readonly Process _guard;
    private readonly int _id;

    private OwnProcess(Process guard, int id)
    {
        _guard = guard;
        _id = id;
    }

    /// <summary>What of it is in memory now, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            using var process = Process.GetProcessById(_id);
            return process.WorkingSet64;
        }
    }

    /// <summary>This test assembly as a service: see Program.cs.</summary>
    public static Task<OwnProcess> ServiceAsync(int port, string kind, params IEnumerable<string> arguments) =>
        StartAsync(port, [typeof(OwnProcess).Assembly.Location, kind, port.ToString(CultureInfo.InvariantCulture), .. arguments], []);

    /// <summary>The gateway as it is.</summary>
    public static Task<OwnProcess> GatewayAsync(int port, IEnumerable<KeyValuePair<string, string>> environment) =>
        StartAsync(port, [typeof(PublicContract).Assembly.Location], environment);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync().Within(10);
        _guard.Dispose();
    }

    // Returns when it takes connections.
    private static async Task<OwnProcess> StartAsync(int port, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo("sh", ["-c", Guard, "guard", .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var guard = Process.Start(start)!;
        var own = new OwnProcess(guard, int.Parse((await guard.StandardOutput.ReadLineAsync().Within(10))!, CultureInfo.InvariantCulture));
        await Eventually.Async(async () =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        });
        return own;
    }
}
