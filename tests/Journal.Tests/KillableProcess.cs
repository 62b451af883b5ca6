using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Delegation.Journal.Tests;

/// <summary>A process that can be killed at any moment and started again as it was.</summary>
internal sealed class KillableProcess(string[] arguments, params (string Name, string Value)[] environment) : IDisposable
{
    private Process? _process;

    public int Starts { get; private set; }

    public void Start()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "JournalProcess.dll"), .. arguments])
        {
            // What it says is of no interest, and a full pipe would stop it.
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["GRPC_PORT"] = "0", ["HTTP_PORT"] = "0", ["Logging__LogLevel__Default"] = "None", ["DOTNET_TieredPGO"] = "0" },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        _process?.Dispose();
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Starts++;
    }

    /// <summary>SIGKILL: it has no time for anything.</summary>
    public void Kill()
    {
        if (_process is not { HasExited: false })
            return;

        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process?.Dispose();
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
