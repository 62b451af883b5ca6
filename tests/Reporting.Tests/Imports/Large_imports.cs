using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Google.Api;
using Xunit.Abstractions;

namespace Delegation.Reporting.Tests.Imports;

/// <summary>Many lines in constant memory: of this process, in which the caller and the service run.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class Large_imports(ReportingHost host, ITestOutputHelper output) : IClassFixture<ReportingHost>, IDisposable
{
    private const int Lines = 300_000;
    private const int WarmUp = 50_000;
    private const long MostGrowth = 30_000_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Many_lines_are_imported_and_told_otherwise_in_constant_memory()
    {
        var sides = await host.Scene.SidesAsync();
        await ImportAsync(sides, "W", WarmUp, null);

        var memory = new MemoryWatch();
        var clock = Stopwatch.StartNew();
        var import = await ImportAsync(sides, "R", Lines, memory);
        var first = clock.Elapsed;
        var replaced = await ImportAsync(sides, "R", Lines, memory, Import.Types.Mode.Replace, "devis");
        output.WriteLine($"{Lines} lines in {first.TotalSeconds:0.0} s, told otherwise in {(clock.Elapsed - first).TotalSeconds:0.0} s; growth {memory.Growth / 1e6:0.0} MB; working set {memory.WorkingSet / 1e6:0} MB");

        Assert.Equal((Lines, Lines - (Lines / 1000), Lines / 1000, Lines - (Lines / 1000), 0, 0), import.Counts());
        Assert.Equal((Lines, Lines - (Lines / 1000), Lines / 1000, 0, Lines / 10, Lines - (Lines / 1000) - (Lines / 10)), replaced.Counts());
        Assert.Equal(WarmUp - (WarmUp / 1000), replaced.WithdrawnOperations);
        Assert.InRange(memory.Growth, 0, MostGrowth);
    }

    private async Task<Import> ImportAsync(
        Sides sides, string prefix, int lines, MemoryWatch? memory, Import.Types.Mode mode = Import.Types.Mode.Complete, string oneInTen = "prestation NOEMIE")
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in Parts(prefix, lines, oneInTen))
            hash.AppendData(part);
        var imports = host.Scene.Imports(sides.Importer);
        var announced = ImportCalls.Announce(sides.Delegation, [], mode);
        announced.Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        var import = await imports.CreateImportAsync(announced, deadline: ImportCalls.Deadline);

        using var watching = new CancellationTokenSource();
        var watch = memory?.WatchAsync(watching.Token) ?? Task.CompletedTask;
        using var call = imports.UploadImportFile(deadline: DateTime.UtcNow + Limit);
        await call.RequestStream.WriteAsync(new UploadImportFileRequest { DelegationId = import.DelegationId, ImportId = import.Id, File = new HttpBody { ContentType = "text/csv" } });
        foreach (var part in Parts(prefix, lines, oneInTen))
            await call.RequestStream.WriteAsync(ImportCalls.Part(part));
        await call.RequestStream.CompleteAsync();
        var answer = await call;
        await watching.CancelAsync();
        await watch;
        return answer;
    }

    // The same each time; one part in memory at a time.
    private static IEnumerable<byte[]> Parts(string prefix, int lines, string oneInTen)
    {
        var text = new StringBuilder(ImportCalls.Header).Append('\n');
        for (var line = 0; line < lines; line++)
        {
            text.Append(prefix).Append(line).Append(line % 1000 == 0 ? ";x;" : line % 10 == 5 ? $";{oneInTen};" : ";prestation NOEMIE;").Append("2026-04-").Append((1 + (line % 20)).ToString("00", null))
                .Append(line % 3 == 0 ? " 09:30;;;;\n" : $";;2026-04-{21 + (line % 10)};traitée;oui\n");
            if (text.Length < 200_000 && line < lines - 1)
                continue;

            yield return Encoding.UTF8.GetBytes(text.ToString());
            text.Clear();
        }
    }

    /// <summary>The most that what is in use grows by: what the collector has not got round to collecting is nobody's.</summary>
    private sealed class MemoryWatch
    {
        private readonly long _start = GC.GetTotalMemory(forceFullCollection: true);

        public long Growth { get; private set; }

        public long WorkingSet { get; private set; }

        public async Task WatchAsync(CancellationToken cancellationToken)
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                Growth = Math.Max(Growth, GC.GetTotalMemory(forceFullCollection: true) - _start);
                using var process = Process.GetCurrentProcess();
                WorkingSet = Math.Max(WorkingSet, process.WorkingSet64);
                await Task.Delay(500, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}

/// <summary>Tests that measure this process run after all others, one by one.</summary>
[CollectionDefinition(nameof(AloneOnTheMachine), DisableParallelization = true)]
public sealed class AloneOnTheMachine;
