using Dapper;
using Delegation.Portfolios;
using Delegation.Reporting.Tests.Imports;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Grpc.Core;
using Npgsql;
using Kind = Delegation.Reporting.V1.Import.Types.Kind;

namespace Delegation.Reporting.Tests.Technical;

/// <summary>Each defect that can be planted in a portfolio is named by the report, or by the import where nothing comes into a report; and nothing else is.</summary>
public sealed class Planted_defects(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    private static readonly Portfolio Portfolio = new(new PortfolioPlan { People = 400, Contracts = 8, Months = 3 });

    // Where each can be, under which name it is found, and whether the line counts nevertheless.
    private static readonly (Defect Defect, Kind Kind, string Finding, bool Counts)[] Expected =
    [
        (Defect.ReferenceTwice, Kind.Benefits, "REFERENCE_TWICE", false),
        (Defect.ReferenceTwice, Kind.Premiums, "REFERENCE_TWICE", false),
        (Defect.OutOfPocketNegative, Kind.Benefits, "OUT_OF_POCKET_NEGATIVE", true),
        (Defect.ClassARemainder, Kind.Benefits, "CLASS_A_REMAINDER", true),
        (Defect.CareAfterPayment, Kind.Benefits, "CARE_DAY_AFTER_PAYMENT", false),
        (Defect.ContractUnknown, Kind.Benefits, "CONTRACT_DOUBTFUL", true),
        (Defect.ContractUnknown, Kind.Premiums, "CONTRACT_DOUBTFUL", true),
        (Defect.AmountMalformed, Kind.Benefits, "EXPENSES_MALFORMED", false),
        (Defect.AmountMalformed, Kind.Premiums, "CALLED_MALFORMED", false),
        (Defect.CategoryUnknown, Kind.Benefits, "CATEGORY_UNKNOWN", false),
        (Defect.PremiumTwice, Kind.Premiums, "PREMIUM_TWICE", true),
        (Defect.PeriodGap, Kind.Premiums, "MONTH_WITHOUT_PREMIUM", true),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Expected.Length)];

    public void Dispose() => host.Logs.AssertNoErrors();

    [Fact]
    public void Every_defect_that_there_is_has_a_test() =>
        Assert.Empty(Enum.GetValues<Defect>().Except([.. Expected.Select(one => one.Defect), Defect.NirColumn, Defect.CloseBeforeReceive]));

    [PostgresTheory]
    [MemberData(nameof(Numbers))]
    public async Task The_report_names_it_in_both_languages_and_finds_nothing_else(int number)
    {
        var (defect, kind, finding, counts) = Expected[number];
        var sides = await SidesAsync();

        var import = await ImportAsync(sides, kind, defect);
        var found = Assert.Single(await FindingsAsync(sides));

        var code = kind.ToString().ToLowerInvariant();
        Assert.Equal((code, finding, counts ? 0L : 1L, counts ? 1L : 0L), (found["kind"], found["finding"], found["rejected_lines"], found["counted_lines"]));
        Assert.Equal(counts ? 0 : 1, import.RejectedLines);
        Assert.True(((string)found["finding_label_en"]!).Contains(' ', StringComparison.Ordinal) && ((string)found["finding_label_fr"]!).Contains(' ', StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task A_right_portfolio_has_no_findings()
    {
        var sides = await SidesAsync();
        foreach (var kind in new[] { Kind.Premiums, Kind.Benefits, Kind.Operations })
            Assert.Equal(0, (await ImportAsync(sides, kind)).RejectedLines);

        Assert.Empty(await FindingsAsync(sides));
    }

    [PostgresFact]
    public async Task A_file_that_replaces_the_period_takes_the_findings_with_it()
    {
        var sides = await SidesAsync();
        await ImportAsync(sides, Kind.Benefits, Defect.ClassARemainder);
        using var to = new MemoryStream();
        Portfolio.WriteBenefits(to);

        await host.Scene.ImportAsync(sides, Kind.Benefits, to.ToArray(), Portfolio.Plan.FirstDay, Portfolio.Plan.LastDay, Import.Types.Mode.Replace);

        Assert.Empty(await FindingsAsync(sides));
    }

    [PostgresFact]
    public async Task What_comes_into_no_report_is_named_by_the_import()
    {
        var sides = await SidesAsync();

        var refusal = await Assert.ThrowsAsync<RpcException>(() => ImportAsync(sides, Kind.Benefits, Defect.NirColumn));
        var operations = await ImportAsync(sides, Kind.Operations, Defect.CloseBeforeReceive);

        Assert.Equal([("file", "COLUMN_PERSONAL")], refusal.Violations());
        Assert.Equal([("close", "CLOSE_BEFORE_RECEIVE", 1L)], operations.Rejections.Select(one => (one.Field, one.Reason, one.Lines)));
    }

    // The insurer knows all contracts of the portfolio.
    private async Task<Sides> SidesAsync()
    {
        var sides = await host.Scene.SidesAsync();
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        await administrator.ExecuteAsync(
            "INSERT INTO insurer_contract SELECT @Insurer, @Delegation, @Delegate, number FROM unnest(@numbers) number",
            new { sides.Insurer, sides.Delegation, sides.Delegate, numbers = Portfolio.Contracts.Select(contract => contract.Reference).ToArray() });
        return sides;
    }

    private async Task<Import> ImportAsync(Sides sides, Kind kind, params Defect[] defects)
    {
        using var to = new MemoryStream();
        var planted = kind switch
        {
            Kind.Benefits => Portfolio.WriteBenefits(to, null, defects),
            Kind.Premiums => Portfolio.WritePremiums(to, defects),
            _ => Portfolio.WriteOperations(to, defects),
        };
        Assert.Equal(defects, planted.Select(one => one.Defect));
        return await host.Scene.ImportAsync(sides, kind, to.ToArray(), Portfolio.Plan.FirstDay, Portfolio.Plan.LastDay);
    }

    private async Task<Dictionary<string, object?>[]> FindingsAsync(Sides sides)
    {
        var report = await new TechnicalReports.TechnicalReportsClient(host.Scene.As(sides.Reader)).GetTechnicalReportAsync(
            new GetTechnicalReportRequest
            {
                DelegationId = $"{sides.Delegation}", PeriodStartDay = $"{Portfolio.Plan.FirstDay:yyyy-MM-dd}", PeriodEndDay = $"{Portfolio.Plan.LastDay:yyyy-MM-dd}", View = ReportView.Accounting,
            },
            deadline: TechnicalCalls.Deadline);
        var table = report.Tables.Single(table => table.Table.Key == "findings");
        return [.. table.Lines.Select(line => table.Read(line.Cells))];
    }
}
