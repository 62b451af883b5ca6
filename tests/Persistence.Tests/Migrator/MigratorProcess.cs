using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Delegation.TestKit;

namespace Delegation.Persistence.Tests.Migrator;

/// <summary>The migrator as the orchestrator starts it: a process with environment variables, that logs and ends.</summary>
internal sealed partial class MigratorProcess : IDisposable
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly Process _process;

    public MigratorProcess(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Migrator.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["HTTP_PORT"] = "0" },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _lines);

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().Within(60);
        return _process.ExitCode;
    }

    /// <summary>Waits until the health of the migrations is as wanted; its description is told by a pattern.</summary>
    public async Task UntilHealthAsync(string status, string description)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.Async(async () =>
        {
            var check = JsonDocument.Parse(await client.GetStringAsync(new Uri(Address(), "/health"))).RootElement.GetProperty("checks").GetProperty("migrations");
            return check.GetProperty("status").GetString() == status && Regex.IsMatch(check.GetProperty("description").GetString()!, description);
        });
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        _process.Dispose();
    }

    private Uri Address() => new(ListeningAddress().Match(Output) is { Success: true } match ? match.Groups[1].Value : throw new InvalidOperationException(Output));

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
            _lines.Enqueue(line.Data);
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex ListeningAddress();
}
