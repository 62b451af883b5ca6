using System.Diagnostics;
using System.Globalization;
using Delegation.Portfolios;
using Delegation.Reporting.V1;
using Grpc.Core;

namespace Delegation.Benchmarks.Report;

/// <summary>
/// Technical reports through our gateway of a portfolio and of one with a tenth of its lines and as many contracts, beside the same sums by GROUP BY on the
/// lines in the same database, and those of the benefits alone by DuckDB on a Parquet file. An answer counts only if all say as many groups and the same benefits.
/// </summary>
internal static class ReportBenchmark
{
    private const int CallsPerRound = 30;
    private const int WarmUp = 300;

    private sealed record Question(string Name, TechnicalDimension[] By, string[] Keys, string PremiumKey, string MemberKey);

    private static readonly Question[] Questions =
    [
        new("by month and category", [TechnicalDimension.Month, TechnicalDimension.Category], ["date_trunc('month', payment_day)", "category"], "date_trunc('month', entry_day)", "month"),
        new("by contract", [TechnicalDimension.Contract], ["contract_reference"], "contract_reference", "contract_reference"),
    ];

    public static async Task RunAsync(int rounds, int lines, CancellationToken cancellation)
    {
        DuckDb.Need();
        Machine.Describe();
        var folder = Directory.CreateTempSubdirectory("benchmark-").FullName;
        try
        {
            var contracts = PortfolioPlan.OfBenefitLines(lines / 10).Contracts;
            await using var small = await ImportedPortfolio.StartAsync(PortfolioPlan.OfBenefitLines(lines / 10) with { Contracts = contracts }, folder, cancellation);
            await using var large = await ImportedPortfolio.StartAsync(PortfolioPlan.OfBenefitLines(lines) with { Contracts = contracts }, folder, cancellation);
            await using var duck = await DuckDb.StartAsync(large.BenefitFile, Questions.Select(question => question.Keys), cancellation);

            Console.WriteLine($"{large.Lines:N0} lines of benefits, and {small.Lines:N0}; {rounds} rounds, median (least–greatest)\n");
            Console.WriteLine(
                """
                | report | of the fewer lines, ms | of all lines, ms | × of the fewer | GROUP BY on all lines, ms | × GROUP BY | DuckDB on Parquet, ms | × DuckDB |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                """);
            foreach (var (number, question) in Questions.Index())
                await MeasureAsync(question, rounds, small, large, () => duck.AskAsync(number, cancellation), cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(
        Question question, int rounds, ImportedPortfolio small, ImportedPortfolio large, Func<Task<GroupedSums>> duck, CancellationToken cancellation)
    {
        await ReportAsync(small, question, WarmUp, cancellation);
        var expected = await ReportAsync(large, question, WarmUp, cancellation);
        var (ofSmall, ofLarge, ofLines, ofDuck) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            ofSmall.Add((await ReportAsync(small, question, CallsPerRound, cancellation)).Milliseconds);
            ofLarge.Add((await ReportAsync(large, question, CallsPerRound, cancellation)).Milliseconds);
            ofLines.Add(Same(expected, await large.GroupAsync(question.Keys, question.PremiumKey, question.MemberKey)));
            ofDuck.Add(Same(expected, await duck()));
        }

        Console.WriteLine(
            $"| {question.Name} | {new Statistics(ofSmall).Text("0.0")} | {new Statistics(ofLarge).Text("0.0")} | {Ratio(ofLarge, ofSmall, "0.00")} "
            + $"| {new Statistics(ofLines).Text("0")} | {Ratio(ofLines, ofLarge, "0")} | {new Statistics(ofDuck).Text("0")} | {Ratio(ofDuck, ofLarge, "0")} |");
    }

    private static string Ratio(List<double> ours, List<double> theirs, string format) => new Statistics(ours.Zip(theirs, (one, other) => one / other)).Text(format);

    private static double Same(GroupedSums expected, GroupedSums found) => (found.Groups, found.Benefit) == (expected.Groups, expected.Benefit)
        ? found.Milliseconds
        : throw new NotMeasurableException($"The report has {expected.Groups} lines with {expected.Benefit} cents, and the lines add up to {found.Groups} with {found.Benefit}.");

    // One after the other; the time is the median of the calls.
    private static async Task<GroupedSums> ReportAsync(ImportedPortfolio portfolio, Question question, int calls, CancellationToken cancellation)
    {
        var request = new GetTechnicalReportRequest
        {
            DelegationId = portfolio.Delegation.ToString(), PeriodStartDay = Iso(portfolio.Plan.FirstDay), PeriodEndDay = Iso(portfolio.Plan.LastDay), View = ReportView.Accounting, Breakdown = { question.By },
        };
        var (times, options) = (new List<double>(), new CallOptions(portfolio.Platform.Headers, cancellationToken: cancellation));
        TechnicalReport report = new();
        for (var call = 0; call < calls; call++)
        {
            var clock = Stopwatch.StartNew();
            report = await portfolio.Platform.Reports.GetTechnicalReportAsync(request, options);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        var table = report.Tables[0];
        var column = table.Table.Columns.Index().Single(column => column.Item.Key == "benefits").Index;
        return new GroupedSums(new Statistics(times).Median, table.Table.LineCount, table.Table.Totals[column].Number);

        static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
