using System.Globalization;
using System.Text.Json;
using Delegation.Portfolios;
using Delegation.Reporting.Tests.Imports;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using By = Delegation.Reporting.V1.TechnicalDimension;
using Kind = Delegation.Reporting.V1.Import.Types.Kind;

namespace Delegation.Reporting.Tests.Technical;

/// <summary>Reports beside DuckDB over the same files: every cell, both views, several portfolios.</summary>
public sealed class Another_calculation(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    private const string Project = "Reporting.Tests";

    private static readonly By[][] Cuts =
    [
        [], [By.Month], [By.Product, By.Business], [By.Contract], [By.Category], [By.Category, By.Act, By.Basket], [By.Month, By.Category], [By.Contract, By.Category],
        [By.Month, By.Contract, By.College], [By.Level], [By.BeneficiaryKind, By.AgeBand, By.Sex], [By.Month, By.Sex], [By.Region],
    ];

    public void Dispose() => host.Logs.AssertNoErrors();

    [NodeTheory(Project)]
    [InlineData(1, "2024-01-01", 12)]
    [InlineData(2, "2023-12-01", 7)]
    [InlineData(3, "2023-12-01", 12)]
    public async Task Reports_equal_it_cell_by_cell_to_the_cent(int seed, string firstMonth, int months)
    {
        var portfolio = new Portfolio(new PortfolioPlan { Seed = seed, Months = months, Contracts = 3, People = 30, FirstMonth = DateOnly.Parse(firstMonth, CultureInfo.InvariantCulture) });
        var folder = Directory.CreateTempSubdirectory("figures-");
        try
        {
            var sides = await ImportAsync(portfolio, folder.FullName);
            var questions = Questions(portfolio.Plan).ToArray();
            var told = await new NodePeers(Project).RunAsync("figures.mjs", folder.FullName, JsonSerializer.Serialize(questions.Select(question => question.Asked)));
            var expected = told.Select(line => JsonSerializer.Deserialize<string?[]>(line)!).ToLookup(line => int.Parse(line[0]!, null), line => string.Join('|', line.Skip(1)));

            for (var number = 0; number < questions.Length; number++)
                Assert.Equal(expected[number].Order(StringComparer.Ordinal), await AnswerAsync(sides, questions[number].Request));
            Assert.True(told.Length > questions.Length * 2);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // As a delegate does: benefits in files of a few months each.
    private async Task<Sides> ImportAsync(Portfolio portfolio, string folder)
    {
        var sides = await host.Scene.SidesAsync();
        var plan = portfolio.Plan;
        await FileAsync("premiums", Kind.Premiums, plan.FirstDay, plan.LastDay, to => portfolio.WritePremiums(to));
        await FileAsync("membership", Kind.Membership, plan.FirstDay, plan.LastDay, to => portfolio.WriteMembership(to));
        for (var month = 0; month < plan.Months; month += 5)
        {
            var (from, until) = (plan.FirstDay.AddMonths(month), plan.FirstDay.AddMonths(Math.Min(plan.Months, month + 5)).AddDays(-1));
            await FileAsync($"benefits-{month:00}", Kind.Benefits, from, until, to => portfolio.WriteBenefits(to, (from, until)));
        }

        return sides;

        async Task FileAsync(string name, Kind kind, DateOnly from, DateOnly until, Action<Stream> write)
        {
            var path = Path.Combine(folder, $"{name}.csv");
            await using (var file = File.Create(path))
                write(file);
            var import = await host.Scene.ImportAsync(sides, kind, await File.ReadAllBytesAsync(path), from, until);
            Assert.Equal((Import.Types.State.Applied, 0L), (import.State, import.RejectedLines));
        }
    }

    private static IEnumerable<(GetTechnicalReportRequest Request, object Asked)> Questions(PortfolioPlan plan)
    {
        // All that there is, which for the first portfolio is a whole year; a part of it; and care of a part as it was known in the middle.
        var (start, end) = (plan.FirstDay.AddMonths(1), plan.FirstDay.AddMonths(Math.Min(plan.Months, 13)).AddDays(-1));
        var middle = plan.FirstDay.AddMonths(4).AddDays(-1);
        foreach (var cut in Cuts)
            foreach (var (view, from, to, valuation) in new[] { (ReportView.Accounting, plan.FirstDay, plan.LastDay, default(DateOnly?)), (ReportView.Accounting, start, end, null), (ReportView.Occurrence, start, end, plan.LastDay), (ReportView.Occurrence, start, middle, middle) })
                yield return (
                    new GetTechnicalReportRequest { PeriodStartDay = Iso(from), PeriodEndDay = Iso(to), View = view, ValuationDay = valuation is { } day ? Iso(day) : "", Breakdown = { cut } },
                    new
                    {
                        view = view.ToString().ToLowerInvariant(), start = Iso(from), end = Iso(to), valuation = valuation is { } seen ? Iso(seen) : null,
                        by = cut.Select(dimension => JsonNamingPolicy.SnakeCaseLower.ConvertName(dimension.ToString())),
                    });

        static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", null);
    }

    // The delegate sees no accounts of the insurer.
    private async Task<IEnumerable<string>> AnswerAsync(Sides sides, GetTechnicalReportRequest request)
    {
        request.DelegationId = sides.Delegation.ToString();
        var table = (await new TechnicalReports.TechnicalReportsClient(host.Scene.As(sides.Importer)).GetTechnicalReportAsync(request, deadline: TechnicalCalls.Deadline)).Tables[0];
        var shown = table.Table.Columns.Index().Where(column => !column.Item.Key.Contains("_label_", StringComparison.Ordinal)).Select(column => column.Index).ToArray();
        return table.Lines.Select(line => line.Cells).Append(table.Table.Totals).Select(cells => string.Join('|', shown.Select(place => Text(cells[place])))).Order(StringComparer.Ordinal);
    }

    private static string? Text(ReportCell cell) => cell.ValueCase switch
    {
        ReportCell.ValueOneofCase.Number => $"{cell.Number}",
        ReportCell.ValueOneofCase.Text => cell.Text,
        _ => null,
    };
}
