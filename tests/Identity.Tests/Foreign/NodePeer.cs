using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Delegation.Identity.Tests.Foreign;

/// <summary>A script of the folder <c>peers</c> that reports a JSON line. It ends with this object.</summary>
internal sealed class NodePeer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly string Scripts = FindScripts();

    private readonly Process _process;
    private readonly Task<string> _complaints;

    private NodePeer(Process process)
    {
        _process = process;
        _complaints = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What is not installed, or null.</summary>
    public static string? WhyMissing { get; } =
        !NodeWorks() ? "Node.js is not on the PATH (Debian: apt-get install nodejs npm)"
        : !Directory.Exists(Path.Combine(Scripts, "node_modules", "oidc-provider")) ? "run `npm ci` in tests/Identity.Tests/peers"
        : null;

    /// <summary>Starts a script; secrets of tests are no secrets, so they may be arguments.</summary>
    public static NodePeer Start(string script, params string[] arguments)
    {
        if (WhyMissing is { } why)
            throw new InvalidOperationException(why);

        return new NodePeer(Process.Start(new ProcessStartInfo("node", [Path.Combine(Scripts, script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
    }

    /// <summary>Its next report.</summary>
    public async Task<JsonElement> ReportAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Limit);
        return line is not null
            ? JsonDocument.Parse(line).RootElement
            : throw new InvalidOperationException($"It ended without a report:\n{await _complaints.WaitAsync(Limit)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().WaitAsync(Limit);
        _process.Dispose();
    }

    private static string FindScripts()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "peers", "package.json")))
                return Path.Combine(folder.FullName, "peers");

        throw new DirectoryNotFoundException("The folder peers is not above the test assembly.");
    }

    private static bool NodeWorks()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            return process.WaitForExit(Limit) && process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
