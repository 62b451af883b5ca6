using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Delegation.TestKit.Hosting;

/// <summary>A process that can be killed at any moment and started again as it was.</summary>
/// <param name="assembly">What runs, as JournalProcess.dll: it is beside the tests.</param>
/// <param name="arguments">Of it.</param>
/// <param name="environment">Of it.</param>
public sealed class KillableProcess(string assembly, string[] arguments, params (string Name, string Value)[] environment) : IDisposable
{
    private Process? _process;

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    /// <summary>Starts it, for the first time or once more.</summary>
    public void Start()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments])
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

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _process?.Dispose();
    }

    /// <summary>A port that nobody has.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
