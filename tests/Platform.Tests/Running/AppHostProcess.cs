using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Delegation.TestKit;
using Grpc.Core;

namespace Delegation.Platform.Tests.Running;

/// <summary>The AppHost as people start it: a process of its own, known only by what it prints. Ports are free ones, data is in a folder of its own.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private static readonly string[] Resources = ["postgres", "redis", "contracts", "delivery", "reporting", "watch", "identity", "gateway"];

    private static readonly string[] Titles = ["Resource", "State", "Health", "Process", "Address"];

    private static readonly ConcurrentDictionary<string, string> IssuerPorts = new();

    private readonly Process _process;
    private readonly ConcurrentDictionary<string, string[]> _table = new();
    private readonly ConcurrentQueue<string> _output = new();
    private int[] _columns = [];

    private AppHostProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
    }

    /// <summary>All that was printed so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>The orchestrator's own process.</summary>
    public int Id => _process.Id;

    /// <summary>Starts the built AppHost and waits until its table shows every resource healthy.</summary>
    public static async Task<AppHostProcess> StartAsync(string data)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Projects.AppHost).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Projects.AppHost.ProjectPath,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment[DemoUser.SecretSetting.Replace(":", "__", StringComparison.Ordinal)] = DemoUser.Secret;
        start.Environment["Aspire__Store__Path"] = data;
        start.Environment["Clock__OffsetFile"] = ClockFile(data);
        start.Environment["Gateway__RestPort"] = FreePort();
        start.Environment["Gateway__GrpcPort"] = FreePort();
        // Part of the issuer's name, by which the data knows its persons: the same data keeps it.
        start.Environment["Identity__Port"] = IssuerPorts.GetOrAdd(data, _ => FreePort());

        var host = new AppHostProcess(Process.Start(start)!);
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        try
        {
            await Eventually.True(() => Resources.All(name => host.Health(name) == "Healthy"), TimeSpan.FromSeconds(90));
        }
        catch (Exception exception)
        {
            await host.DisposeAsync();
            throw new InvalidOperationException($"The platform did not get ready.\n{host.Output}", exception);
        }

        return host;
    }

    /// <summary>The file that moves the clock of everything that runs on this data.</summary>
    public static string ClockFile(string data) => Path.Combine(data, "clock.txt");

    public string State(string resource) => Cell(resource, 1);

    public string Health(string resource) => Cell(resource, 2);

    public int ProcessId(string resource) => int.Parse(Cell(resource, 3), CultureInfo.InvariantCulture);

    /// <summary>The address the table shows under a name of an endpoint.</summary>
    public Uri Address(string resource, string endpoint) =>
        new(Cell(resource, 4).Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => word != endpoint).ElementAt(1));

    /// <summary>The metadata of a call by the demo user, for an organisation.</summary>
    public Task<Metadata> CallAsync(string? organization = null) => DemoUser.CallAsync(Address("identity", "http"), organization);

    /// <summary>The process ids of everything the table shows.</summary>
    public IReadOnlyList<int> ProcessIds() => [.. Resources.Select(ProcessId)];

    /// <summary>SIGKILL: the process learns nothing and cleans nothing up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }

        _process.Dispose();
    }

    // Below those that the system gives to connections: one of them may be taken between this look and the start.
    private static string FreePort()
    {
        for (var port = Random.Shared.Next(15_000, 32_000); ; port++)
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port.ToString(CultureInfo.InvariantCulture);
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
    }

    private string Cell(string resource, int column) => _table.TryGetValue(resource, out var cells) ? cells[column] : "";

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);

        // The title line says where each column starts; rows follow until a line that does not fit. Cells may be empty.
        if (line.StartsWith(" Resource ", StringComparison.Ordinal))
        {
            _columns = [.. Titles.Select(title => line.IndexOf(title, StringComparison.Ordinal))];
        }
        else if (line.Length == 0 || _columns.Length == 0 || line[0] is not (' ' or '*'))
        {
            _columns = [];
        }
        else
        {
            var padded = line.PadRight(_columns[^1] + 1);
            string[] cells = [.. _columns.Select((start, column) => (column + 1 < _columns.Length ? padded[start.._columns[column + 1]] : padded[start..]).Trim())];
            _table[cells[0]] = cells;
        }
    }
}
