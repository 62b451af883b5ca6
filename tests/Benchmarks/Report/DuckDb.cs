using System.Diagnostics;
using System.Text.Json;
using Delegation.TestKit;

namespace Delegation.Benchmarks.Report;

/// <summary>DuckDB in a process of its own, with the lines of a file as Parquet.</summary>
internal sealed class DuckDb : IAsyncDisposable
{
    private static readonly NodePeers Peers = new("Reporting.Tests");

    private readonly Process _process;

    private DuckDb(Process process) => _process = process;

    /// <summary>Ends a benchmark that would miss it only after a long while.</summary>
    /// <exception cref="NotMeasurableException">It is not installed.</exception>
    public static void Need()
    {
        if (Peers.WhyNone is { } why)
            throw new NotMeasurableException(why);
    }

    /// <summary>Makes the Parquet file beside that of the lines.</summary>
    /// <param name="benefits">A file of benefits.</param>
    /// <param name="keys">What can be asked: to group by these.</param>
    /// <param name="cancellation">Ends what has begun.</param>
    public static async Task<DuckDb> StartAsync(string benefits, IEnumerable<string[]> keys, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("node", ["groups.mjs", benefits, Path.ChangeExtension(benefits, "parquet"), JsonSerializer.Serialize(keys)])
        {
            WorkingDirectory = Peers.Folder, RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        var duck = new DuckDb(Process.Start(start)!);
        await duck.ReadAsync(cancellation);
        return duck;
    }

    /// <summary>Groups by the keys of a number; the time is its own.</summary>
    public async Task<GroupedSums> AskAsync(int number, CancellationToken cancellation)
    {
        await _process.StandardInput.WriteLineAsync($"{number}");
        await _process.StandardInput.FlushAsync(cancellation);
        return JsonSerializer.Deserialize<GroupedSums>(await ReadAsync(cancellation), JsonSerializerOptions.Web)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string> ReadAsync(CancellationToken cancellation) =>
        await _process.StandardOutput.ReadLineAsync(cancellation) ?? throw new NotMeasurableException("DuckDB ended; what it complained about is above.");
}
