using System.Diagnostics;
using Aspire.Hosting.Local;
using Aspire.Hosting.Local.Processes;

namespace Delegation.StandIns.Tests.AppHosts;

/// <summary>The AppHost of StandIns.Tests.AppHost as a process of its own, with data of its own.</summary>
internal sealed class AppHostProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly TempDirectory? _ownStore;

    private AppHostProcess(Process process, string store, TempDirectory? ownStore)
    {
        (_process, Store, _ownStore) = (process, store, ownStore);
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Store { get; }

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Processes that carry the marker of this AppHost's runs, whoever started them.</summary>
    public IReadOnlyList<ProcessIdentity> Descendants => ProcessTable.WithVariable($"{RunMarker.Variable}={OrchestratorServices.MarkerOf(new LocalState(Store, false))}.");

    /// <summary>Starts the AppHost.</summary>
    /// <param name="settings">Settings, as <c>name=value</c>.</param>
    /// <param name="store">Directory for its state; a temporary one of its own when null.</param>
    /// <param name="throughDotnetRun">Whether <c>dotnet run</c> starts it.</param>
    /// <param name="environment">Environment variables of the AppHost itself.</param>
    public static AppHostProcess Start(
        IEnumerable<string>? settings = null, string? store = null, bool throughDotnetRun = false, IReadOnlyDictionary<string, string>? environment = null)
    {
        var ownStore = store is null ? new TempDirectory() : null;
        store ??= ownStore!.Path;
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var directory = Projects.StandIns_Tests_AppHost.ProjectPath;
        string[] arguments = [$"--Aspire:Store:Path={store}", .. (settings ?? []).Select(setting => "--" + setting)];

        var info = throughDotnetRun
            ? new ProcessStartInfo("dotnet", ["run", "--no-build", "-c", configuration, "--project", directory, "--", .. arguments])
            : new ProcessStartInfo(Path.Combine(directory, "bin", configuration, "net10.0", "StandIns.Tests.AppHost"), arguments);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        info.RedirectStandardOutput = info.RedirectStandardError = true;
        return new AppHostProcess(new Process { StartInfo = info }, store, ownStore);
    }

    public async Task<AppHostProcess> UntilReadyAsync()
    {
        await UntilWrittenAsync("Ready after");
        Assert.Contains("Ready after", Output, StringComparison.Ordinal);
        return this;
    }

    public Task UntilWrittenAsync(string text) => Limits.UntilAsync(() => Output.Contains(text, StringComparison.Ordinal) || _process.HasExited, $"'{text}' in\n{Output}");

    public void Send(int signal) => Signals.Send(ProcessIdentity.Of(Id)!.Value, signal);

    /// <summary>Waits for its end, and returns its exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(Limits.Token);
        return _process.ExitCode;
    }

    public async Task<int> StopAsync()
    {
        Send(Signals.Terminate);
        return await EndAsync();
    }

    /// <summary>The process that a resource runs as, from the table.</summary>
    public ProcessIdentity ProcessOf(string resource)
    {
        var row = Output.Split('\n').Last(line => line.TrimStart('*', ' ').StartsWith(resource + " ", StringComparison.Ordinal) && line.Contains(" Running ", StringComparison.Ordinal));
        var id = row.Split(' ', StringSplitOptions.RemoveEmptyEntries).First(word => word.All(char.IsAsciiDigit));
        return ProcessIdentity.Of(int.Parse(id))!.Value;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        Leftovers.Kill($"{RunMarker.Variable}={OrchestratorServices.MarkerOf(new LocalState(Store, false))}.");
        _process.Dispose();
        _ownStore?.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_lines)
        {
            if (line.Data is not null)
            {
                _lines.Add(line.Data);
            }
        }
    }
}
