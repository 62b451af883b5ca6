using Delegation.Access.V1;
using Delegation.Reporting.Rollups;
using Delegation.Reporting.Tests.Rollups;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static Delegation.Reporting.V1.TechnicalDimension;

namespace Delegation.Reporting.Tests.Technical;

public sealed class Technical_reports(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Both_sides_read_the_same_figures_of_a_year()
    {
        var of = await host.Scene.ToldAsync();
        var reports = await AskAsync(of, TechnicalCalls.Year(of.Delegation, ReportView.Accounting));

        var total = reports[0].Tables[0].Read(reports[0].Tables[0].Table.Totals);
        // The insurer sees what follows from its own accounts too.
        var ofDelegate = reports[1].Tables[0].Read(reports[1].Tables[0].Table.Totals);
        Assert.Equal(ofDelegate, total.Take(ofDelegate.Count));
        Assert.Equal(["provision_change", "claims_charge", "legal_loss_ratio", "management_costs", "expense_ratio", "combined_ratio", "technical_result"], total.Keys.Skip(ofDelegate.Count));
        Assert.Equal(["noemie_links"], reports[1].Gaps.Select(gap => gap.Subject));
        Assert.Equal(["noemie_links", "provisions", "management_costs", "contributions"], reports[0].Gaps.Select(gap => gap.Subject));
        Assert.Equal((1L, 140_00L, 600_00L, 588_00L), (total["acts"], total["benefits"], total["premiums_earned"], total["premiums_collected"]));
        Assert.Equal((165_00L, 25_00L, 151_515L), (total["expenses"], total["out_of_pocket"], total["out_of_pocket_rate"]));
        // 140 by 600 euros; one act a year and member, of 140 euros.
        Assert.Equal((233_333L, 460_00L, 365L, 1_000_000L), (total["accounting_loss_ratio"], total["balance"], total["exposure_days"], total["average_members"]));
        Assert.Equal((1_000_000L, 140_00L, 140_00L, 1L), (total["frequency"], total["average_cost"], total["pure_premium"], total["members_at_end"]));
        Assert.Equal(["benefits", "membership", "premiums"], reports[0].Sources.Select(source => source.Kind.ToString().ToLowerInvariant()));
    }

    [PostgresFact]
    public async Task Cut_by_dimensions_each_line_has_its_own_figures_and_what_adds_up_adds_up()
    {
        var of = await host.Scene.ToldAsync();
        var table = (await AskAsync(of, TechnicalCalls.Year(of.Delegation, ReportView.Accounting, Category, Act)))[0].Tables[0];

        Assert.Equal(["dental/D1", "routine_care/C"], table.Lines.Select(line => line.Key));
        var dental = table.Read(table.Lines[0].Cells);
        Assert.Equal(("dental", "Dental", "Dentaire", "D1"), (dental["category"], dental["category_label_en"], dental["category_label_fr"], dental["act"]));
        // Premiums are not told by category; who is covered is covered for all of them.
        Assert.Equal((50_00L, null, null, 365L), (dental["benefits"], dental["premiums_earned"], dental["accounting_loss_ratio"], dental["exposure_days"]));
        AssertAdditive(table);
        Assert.False(table.Table.Columns.Single(column => column.Key == "exposure_days").Additive);

        var byMonth = (await AskAsync(of, TechnicalCalls.Year(of.Delegation, ReportView.Accounting, Month)))[0].Tables[0];
        Assert.Equal(12, byMonth.Lines.Count);
        AssertAdditive(byMonth);
        var march = byMonth.Read(byMonth.Lines[2].Cells);
        Assert.Equal(("2025-03-01", 140_00L, 2_800_000L), (march["month"], march["benefits"], march["accounting_loss_ratio"]));
        Assert.Equal((1_000_000L, 1L, 11_774_194L), (march["average_members"], march["members_at_end"], march["frequency"]));
    }

    [PostgresFact]
    public async Task By_occurrence_care_counts_in_its_month_as_far_as_it_was_paid_at_the_valuation_day()
    {
        var of = await host.Scene.ToldAsync();
        await host.Scene.TellAsync(of, new ToldLines(Rollup.Benefits, [TechnicalCalls.Benefit("B4", "2025-02-10", "2026-01-15", 30_00, 30_00)], []) { From = new(2026, 1, 1), To = new(2026, 1, 31) });

        var late = (await AskAsync(of, TechnicalCalls.Year(of.Delegation, ReportView.Occurrence, Month)))[0];
        var early = (await AskAsync(of, new(TechnicalCalls.Year(of.Delegation, ReportView.Occurrence, Month)) { ValuationDay = "2025-12-31" }))[0];

        Assert.Equal(("2026-01-31", "2025-12-31"), (late.ValuationDay, early.ValuationDay));
        Assert.Equal((130_00L, 100_00L), (February(late)["benefits"], February(early)["benefits"]));
        Assert.Equal(2_600_000L, February(late)["occurrence_paid_ratio"]);
        Assert.DoesNotContain("accounting_loss_ratio", February(late).Keys);

        static Dictionary<string, object?> February(TechnicalReport report) => report.Tables[0].Read(report.Tables[0].Lines.Single(line => line.Key == "2025-02-01").Cells);
    }

    [PostgresFact]
    public async Task As_of_an_earlier_instant_a_report_says_what_it_said_then()
    {
        var of = await host.Scene.ToldAsync();
        var before = TechnicalCalls.Year(of.Delegation, ReportView.Accounting, Category);
        var then = (await AskAsync(of, before))[0];
        await host.Scene.TellAsync(of, new ToldLines(Rollup.Benefits, [TechnicalCalls.Benefit("B1", "2025-02-20", "2025-03-04", 80_00, 120_00)], ["B1"]) { ApplyTime = new(2026, 1, 6, 8, 0, 0, DateTimeKind.Utc) });

        var now = (await AskAsync(of, before))[0];
        var asOf = (await AskAsync(of, new(before) { AsOf = Timestamp.FromDateTime(new(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc)) }))[0];

        Assert.Equal(then, asOf);
        Assert.Equal(120_00L, now.Tables[0].Read(now.Tables[0].Table.Totals)["benefits"]);
        Assert.NotEqual(then.Sources[0].ImportId, now.Sources[0].ImportId);
    }

    [PostgresFact]
    public async Task What_no_import_tells_is_said_by_month_and_has_no_figures()
    {
        var of = await host.Scene.DelegationAsync();
        await host.Scene.TellAsync(of, new ToldLines(Rollup.Benefits, [TechnicalCalls.Benefit("B1", "2025-02-20", "2025-03-04", 80_00, 120_00)], []) { From = new(2025, 1, 1), To = new(2025, 10, 31) });

        var report = (await AskAsync(of, TechnicalCalls.Year(of.Delegation, ReportView.Accounting)))[0];

        Assert.Equal(["premiums", "benefits", "membership", "noemie_links", "provisions", "management_costs", "contributions"], report.Gaps.Select(gap => gap.Subject));
        Assert.Equal(["2025-11-01", "2025-12-01"], report.Gaps[1].Months);
        Assert.Equal(("No benefits imported for 2025-11, 2025-12.", "Aucune prestation importée pour 2025-11, 2025-12."), (report.Gaps[1].TextEn, report.Gaps[1].TextFr));
        var total = report.Tables[0].Read(report.Tables[0].Table.Totals);
        Assert.Equal((80_00L, null, null, null), (total["benefits"], total["premiums_earned"], total["accounting_loss_ratio"], total["average_members"]));
    }

    [PostgresFact]
    public async Task Filters_choose_and_statements_stay_few()
    {
        var of = await host.Scene.ToldAsync();
        var request = TechnicalCalls.Year(of.Delegation, ReportView.Accounting, Month, Product);
        request.Categories.Add("dental");
        request.Business = "group";
        var actor = await host.Scene.MemberAsync(of.Insurer, Side.Insurer, Role.Actuary);

        using var statements = new StatementRecorder();
        var report = await Client(actor).GetTechnicalReportAsync(request, deadline: TechnicalCalls.Deadline);

        Assert.InRange(statements.Of(host.Database.Name).Count, 1, 12);
        Assert.Equal(50_00L, report.Tables[0].Read(report.Tables[0].Table.Totals)["benefits"]);
        request.Business = "individual";
        var individual = (await Client(actor).GetTechnicalReportAsync(request, deadline: TechnicalCalls.Deadline)).Tables[0];
        Assert.Equal(0L, individual.Read(individual.Table.Totals)["benefits"]);
    }

    [PostgresFact]
    public async Task All_mistakes_are_told_at_once_and_what_does_not_combine_is_refused()
    {
        var actor = await host.Scene.MemberAsync(Guid.CreateVersion7(), Side.Insurer);

        var wrong = await Refusals.ThrownBy(Client(actor).GetTechnicalReportAsync(
            new GetTechnicalReportRequest
            {
                DelegationId = "x", PeriodStartDay = "2025-01-02", PeriodEndDay = "2025-12-30", ValuationDay = "2025-11-29", AsOf = new Timestamp { Nanos = -1 },
                Breakdown = { Month, Month, (TechnicalDimension)99, Sex, Region }, Products = { new string('x', 65) }, Business = "both",
            },
            deadline: TechnicalCalls.Deadline));

        Assert.Equal(
            [
                "DELEGATION_ID_MALFORMED", "PERIOD_START_DAY_INSIDE_MONTH", "PERIOD_END_DAY_INSIDE_MONTH", "VIEW_REQUIRED", "VALUATION_DAY_INSIDE_MONTH", "VALUATION_DAY_BEFORE_PERIOD",
                "AS_OF_MALFORMED", "DIMENSIONS_TOO_MANY", "DIMENSION_TWICE", "DIMENSION_UNKNOWN", "PRODUCTS_TOO_LONG", "BUSINESS_UNKNOWN", "DIMENSIONS_NOT_COMBINED",
            ],
            wrong.Violations().Select(violation => violation.Reason));
    }

    [PostgresFact]
    public async Task A_stranger_finds_no_delegation()
    {
        var of = await host.Scene.ToldAsync();
        var stranger = await host.Scene.MemberAsync(Guid.CreateVersion7(), Side.Insurer, Role.Actuary);

        var refused = await Refusals.ThrownBy(Client(stranger).GetTechnicalReportAsync(TechnicalCalls.Year(of.Delegation, ReportView.Accounting), deadline: TechnicalCalls.Deadline));

        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
    }

    private static void AssertAdditive(TechnicalTable table)
    {
        for (var column = 0; column < table.Table.Columns.Count; column++)
            if (table.Table.Columns[column].Additive)
                Assert.Equal(table.Table.Totals[column].Number, table.Lines.Sum(line => line.Cells[column].Number));
    }

    private TechnicalReports.TechnicalReportsClient Client(Actor actor) => new(host.Scene.As(actor));

    private async Task<TechnicalReport[]> AskAsync((Guid Insurer, Guid Delegation, Guid Delegate) of, GetTechnicalReportRequest request) =>
    [
        await Client(await host.Scene.MemberAsync(of.Insurer, Side.Insurer, Role.Actuary)).GetTechnicalReportAsync(request, deadline: TechnicalCalls.Deadline),
        await Client(await host.Scene.MemberAsync(of.Delegate, Side.Delegate, Role.Reporting)).GetTechnicalReportAsync(request, deadline: TechnicalCalls.Deadline),
    ];
}
