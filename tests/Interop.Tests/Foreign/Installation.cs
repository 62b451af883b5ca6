using System.ComponentModel;
using System.Diagnostics;

namespace Delegation.Interop.Tests.Foreign;

/// <summary>Where the scripts of the peers are, and whether what they need is installed.</summary>
internal static class Installation
{
    /// <summary>The source folder of the scripts, found upwards from the test assembly.</summary>
    public static readonly string Scripts = FindScripts();

    private static readonly Lazy<string?> WhyNoGrpcJs = new(() =>
        !Works("node", "--version") ? "Node.js is not on the PATH (Debian: apt-get install nodejs npm)"
        : !Directory.Exists(Path.Combine(Scripts, "node_modules", "@grpc", "grpc-js")) ? "run `npm ci` in tests/Interop.Tests/peers"
        : null);

    private static readonly Lazy<string?> WhyNoGrpcIo = new(() =>
        Works(Python, "-c", "import grpc, google.protobuf") ? null
        : $"{Python} has no grpc module (Debian: apt-get install python3-grpcio python3-protobuf)");

    // Debian's packages belong to the system's Python, which need not be the first on the PATH.
    public static string Python => "/usr/bin/python3";

    public static string? WhyMissing(Peer peer) => peer switch
    {
        Peer.GrpcJs => WhyNoGrpcJs.Value,
        Peer.GrpcIo => WhyNoGrpcIo.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(peer)),
    };

    private static string FindScripts()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var peers = Path.Combine(folder.FullName, "peers");
            if (File.Exists(Path.Combine(peers, "package.json"))) return peers;
        }

        throw new DirectoryNotFoundException("The folder peers is not above the test assembly.");
    }

    private static bool Works(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            return process.WaitForExit(TimeSpan.FromSeconds(20)) && process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
