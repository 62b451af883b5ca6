using System.Diagnostics;
using Delegation.TestKit;

namespace Delegation.Journal.Tests;

/// <summary>The command <c>journal verify</c>, as a person runs it.</summary>
internal sealed class JournalCommand : IDisposable
{
    private readonly Process _process;

    private JournalCommand(string[] arguments) => _process = Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "journal.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    public static JournalCommand Start(string database, string? ends = null) =>
        new(["verify", "--database", database, .. ends is null ? Array.Empty<string>() : ["--ends", ends]]);

    public static JournalCommand StartPack(string pack, string? manifest = null) =>
        new(["verify", "--pack", pack, .. manifest is null ? Array.Empty<string>() : ["--manifest-sha256", manifest]]);

    /// <summary>The exit code and the first line, of errors if there are any.</summary>
    public async Task<(int ExitCode, string Line)> ResultAsync()
    {
        var (output, errors) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
        await _process.WaitForExitAsync().Within(30);
        return (_process.ExitCode, (await errors + await output).Split('\n')[0]);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        _process.Dispose();
    }
}
