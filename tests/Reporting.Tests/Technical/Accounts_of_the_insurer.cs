using Delegation.Access.V1;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Grpc.Core;

namespace Delegation.Reporting.Tests.Technical;

public sealed class Accounts_of_the_insurer(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Provisions_costs_and_contributions_give_the_legal_ratio_the_combined_ratio_and_the_result()
    {
        var of = await host.Scene.ToldAsync();
        var insurer = await ClientAsync(of.Insurer, Side.Insurer);
        // Year after year of occurrence: 20.00 before, 25.00 + 15.00 after; the first of two for the same is no longer counted.
        foreach (var (year, day, cents) in new[] { (2024, "2024-12-31", 20_00L), (2024, "2025-12-31", 99_00), (2024, "2025-12-31", 25_00), (2025, "2025-12-31", 15_00) })
            await insurer.CreateTechnicalInputAsync(TechnicalCalls.Provision(of.Delegation, year, day, cents), deadline: TechnicalCalls.Deadline);
        foreach (var (kind, cents) in new[] { (TechnicalInput.Types.Kind.ManagementCosts, 90_00L), (TechnicalInput.Types.Kind.Contributions, 10_00) })
            await insurer.CreateTechnicalInputAsync(new CreateTechnicalInputRequest { DelegationId = of.Delegation.ToString(), Kind = kind, Year = 2025, Amount = cents }, deadline: TechnicalCalls.Deadline);

        var accounting = await TotalAsync(insurer, TechnicalCalls.Year(of.Delegation, ReportView.Accounting));
        var occurrence = await TotalAsync(insurer, new(TechnicalCalls.Year(of.Delegation, ReportView.Occurrence)) { ValuationDay = "2025-12-31" });
        var quarter = await TotalAsync(insurer, new(TechnicalCalls.Year(of.Delegation, ReportView.Accounting)) { PeriodEndDay = "2025-03-31" });

        // 140 paid and 20 more provisioned, of 600; with 90 of costs; 600 − 160 − 90 − 10.
        Assert.Equal((20_00L, 160_00L, 266_667L), (accounting["provision_change"], accounting["claims_charge"], accounting["legal_loss_ratio"]));
        Assert.Equal((150_000L, 416_667L, 340_00L), (accounting["expense_ratio"], accounting["combined_ratio"], accounting["technical_result"]));
        Assert.Equal((15_00L, 258_333L), (occurrence["provision"], occurrence["occurrence_loss_ratio"]));
        Assert.Equal((null, null), (quarter["legal_loss_ratio"], quarter["technical_result"]));
        var listed = await insurer.ListTechnicalInputsAsync(new ListTechnicalInputsRequest { DelegationId = of.Delegation.ToString(), PageSize = 4 }, deadline: TechnicalCalls.Deadline);
        Assert.Equal(4, listed.Inputs.Count);
        Assert.Equal(TechnicalInput.Types.Kind.Contributions, listed.Inputs[0].Kind);
        Assert.NotEqual("", listed.NextPageToken);
    }

    [PostgresFact]
    public async Task The_delegate_sees_nothing_of_them()
    {
        var of = await host.Scene.ToldAsync();
        await (await ClientAsync(of.Insurer, Side.Insurer)).CreateTechnicalInputAsync(TechnicalCalls.Provision(of.Delegation, 2025, "2025-12-31", 15_00), deadline: TechnicalCalls.Deadline);
        var tpa = await ClientAsync(of.Delegate, Side.Delegate);

        var total = await TotalAsync(tpa, TechnicalCalls.Year(of.Delegation, ReportView.Accounting));
        var refused = await Refusals.ThrownBy(tpa.GetTechnicalTriangleAsync(TechnicalCalls.Triangle(of.Delegation), deadline: TechnicalCalls.Deadline));

        Assert.DoesNotContain("legal_loss_ratio", total.Keys);
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    [PostgresFact]
    public async Task A_triangle_of_what_was_paid_with_an_estimate_that_says_that_it_is_one()
    {
        var of = await host.Scene.ToldAsync();
        var triangle = await (await ClientAsync(of.Insurer, Side.Insurer)).GetTechnicalTriangleAsync(TechnicalCalls.Triangle(of.Delegation), deadline: TechnicalCalls.Deadline);

        Assert.Equal([[0, 100_00, 100_00], [40_00, 40_00], [0]], triangle.Occurrences.Select(month => month.CumulativePaid.ToArray()));
        Assert.Equal(140_00, triangle.Paid);
        // From the month of care to the next: (100 + 40) by (0 + 40); what was paid for April, nothing, grows to nothing.
        Assert.Equal([(0, 3_500_000L), (1, 1_000_000L)], triangle.Factors.Select(factor => (factor.Month, factor.Millionths)));
        Assert.Equal(0, triangle.Outstanding);
        Assert.StartsWith("An estimate by chain ladder", triangle.NoteEn, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task All_mistakes_are_told_at_once()
    {
        var insurer = await ClientAsync(Guid.CreateVersion7(), Side.Insurer);

        var input = await Refusals.ThrownBy(insurer.CreateTechnicalInputAsync(
            new CreateTechnicalInputRequest { DelegationId = "x", Year = 1999, ValuationDay = "1998-12-31", Amount = 1_000_000_000_001 }, deadline: TechnicalCalls.Deadline));
        var triangle = await Refusals.ThrownBy(insurer.GetTechnicalTriangleAsync(
            new GetTechnicalTriangleRequest { DelegationId = "x", PeriodStartDay = "2020-01-02", ValuationDay = "2026-01-30", Category = new string('x', 65) }, deadline: TechnicalCalls.Deadline));

        Assert.Equal(
            ["DELEGATION_ID_MALFORMED", "KIND_REQUIRED", "YEAR_OUT_OF_RANGE", "VALUATION_DAY_NOT_OF_KIND", "VALUATION_DAY_BEFORE_YEAR", "AMOUNT_OUT_OF_RANGE"],
            input.Violations().Select(violation => violation.Reason));
        Assert.Equal(
            ["DELEGATION_ID_MALFORMED", "PERIOD_START_DAY_INSIDE_MONTH", "VALUATION_DAY_INSIDE_MONTH", "TRIANGLE_TOO_LONG", "CATEGORY_TOO_LONG"],
            triangle.Violations().Select(violation => violation.Reason));
    }

    private static async Task<Dictionary<string, object?>> TotalAsync(TechnicalReports.TechnicalReportsClient client, GetTechnicalReportRequest request)
    {
        var table = (await client.GetTechnicalReportAsync(request, deadline: TechnicalCalls.Deadline)).Tables[0];
        return table.Read(table.Table.Totals);
    }

    private async Task<TechnicalReports.TechnicalReportsClient> ClientAsync(Guid organization, Side side) =>
        new(host.Scene.As(await host.Scene.MemberAsync(organization, side, Role.Actuary, Role.Reporting)));
}
