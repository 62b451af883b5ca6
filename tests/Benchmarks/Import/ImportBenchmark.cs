using System.Diagnostics;
using System.Globalization;
using Delegation.Portfolios;

namespace Delegation.Benchmarks.Import;

/// <summary>
/// A file of benefits imported through our gateway, every line validated, and counted in the rollups of the reports when the answer comes, beside
/// <c>psql</c>'s <c>\copy</c> of the same file into a table without any key. The service starts anew for each size, so that what it held at most is of that size.
/// </summary>
internal static class ImportBenchmark
{
    public static async Task RunAsync(int rounds, int lines, CancellationToken cancellation)
    {
        Machine.Describe();
        var folder = Directory.CreateTempSubdirectory("benchmark-").FullName;
        try
        {
            // Anybody may read it: psql runs as us, the server does not.
            var file = Path.Combine(folder, "benefits.csv");
            var portfolio = new Portfolio(PortfolioPlan.OfBenefitLines(lines));
            await using (var to = File.Create(file))
                portfolio.WriteBenefits(to);
            var written = File.ReadLines(file).LongCount() - 1;
            await using var platform = await ReportingPlatform.StartAsync(cancellation);
            await ImportAsync(await SmallAsync(folder));

            var (ours, theirs, ratios) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                theirs.Add(await SecondsAsync(() => PsqlCopy.RunAsync(platform.Service, file, cancellation)));
                ours.Add(await SecondsAsync(async () =>
                {
                    var import = await ImportAsync(file);
                    if (import.AcceptedLines != written)
                        throw new NotMeasurableException($"Of {written} lines {import.AcceptedLines} were accepted: {string.Join(", ", import.Rejections)}");
                }));
                ratios.Add(theirs[^1] / ours[^1]);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                {written:N0} lines of benefits, {new FileInfo(file).Length / 1e6:N0} MB, {rounds} rounds, median (least–greatest)

                | through the gateway, s | lines/s | psql \copy, s | × \copy | service, most MB |
                | --- | --- | --- | --- | --- |
                | {new Statistics(ours).Text("0.0")} | {written / new Statistics(ours).Median:0} | {new Statistics(theirs).Text("0.0")} | {new Statistics(ratios).Text("0.00")} | {platform.MostMegabytes():0} |
                """));

            // Into a delegation that has nothing yet.
            async Task<Reporting.V1.Import> ImportAsync(string file) =>
                await platform.ImportAsync(await platform.DelegationAsync(), Reporting.V1.Import.Types.Kind.Benefits, portfolio.Plan, file, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // So that the runtime has compiled what is hot.
    private static async Task<string> SmallAsync(string folder)
    {
        var file = Path.Combine(folder, "small.csv");
        await using var to = File.Create(file);
        new Portfolio(PortfolioPlan.OfBenefitLines(20_000)).WriteBenefits(to);
        return file;
    }

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed.TotalSeconds;
    }
}
