using System.ComponentModel;
using System.Diagnostics;

namespace Delegation.TestKit;

/// <summary>Scripts of a folder <c>peers</c> with packages of their own, run by Node.js: independent tools and clients.</summary>
/// <param name="project">The test project whose they are, as <c>Gateway.Tests</c>.</param>
public sealed class NodePeers(string project)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly Lazy<bool> NodeIsThere = new(NodeWorks);

    /// <summary>Where they are.</summary>
    public string Folder { get; } = Path.Combine(FindTests(), project, "peers");

    /// <summary>What is not installed, or null.</summary>
    public string? WhyNone =>
        !NodeIsThere.Value ? "Node.js is not on the PATH (Debian: apt-get install nodejs npm)"
        : !Directory.Exists(Path.Combine(Folder, "node_modules")) ? $"run `npm ci` in tests/{project}/peers"
        : null;

    /// <summary>Runs a script to its end and gives the lines that it writes.</summary>
    /// <param name="script">Its path in the folder.</param>
    /// <param name="arguments">Secrets of tests are no secrets, so they may be among them.</param>
    /// <exception cref="InvalidOperationException">It failed; the message is what it complained about.</exception>
    public async Task<string[]> RunAsync(string script, params string[] arguments)
    {
        using var process = StartProcess(script, arguments);
        try
        {
            var (lines, complaints) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().WaitAsync(Limit);
            return process.ExitCode == 0
                ? (await lines).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                : throw new InvalidOperationException($"{script} failed: {await complaints}{await lines}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Starts a script that goes on running.</summary>
    /// <param name="script">Its path in the folder.</param>
    /// <param name="arguments">Secrets of tests are no secrets, so they may be among them.</param>
    public NodeProcess Start(string script, params string[] arguments) => new(StartProcess(script, arguments));

    private Process StartProcess(string script, string[] arguments) => WhyNone is { } why
        ? throw new InvalidOperationException(why)
        : Process.Start(new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static string FindTests()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
                return Path.Combine(folder.FullName, "tests");

        throw new DirectoryNotFoundException("Platform.sln is not above the test assembly.");
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
