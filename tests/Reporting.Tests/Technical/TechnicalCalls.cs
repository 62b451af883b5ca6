using Delegation.Reporting.Rollups;
using Delegation.Reporting.Tests.Rollups;
using Delegation.Reporting.V1;
using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Technical;

/// <summary>What tests do with technical figures, of the year 2025.</summary>
internal static class TechnicalCalls
{
    public static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    public static GetTechnicalReportRequest Year(Guid delegation, ReportView view, params TechnicalDimension[] by) => new()
    {
        DelegationId = delegation.ToString(), PeriodStartDay = "2025-01-01", PeriodEndDay = "2025-12-31", View = view, Breakdown = { by },
    };

    public static GetTechnicalTriangleRequest Triangle(Guid delegation) => new()
    {
        DelegationId = delegation.ToString(), PeriodStartDay = "2025-02-01", ValuationDay = "2025-04-30",
    };

    public static CreateTechnicalInputRequest Provision(Guid delegation, int year, string day, long cents) => new()
    {
        DelegationId = delegation.ToString(), Kind = TechnicalInput.Types.Kind.Provision, Year = year, ValuationDay = day, Amount = cents,
    };

    /// <summary>
    /// A delegation of one contract with a member all year: premiums of 600.00 euros, and three benefits of 100.00, 50.00 and -10.00 paid in March, of which
    /// the first is for care in February.
    /// </summary>
    public static async Task<(Guid Insurer, Guid Delegation, Guid Delegate)> ToldAsync(this Scene scene)
    {
        var of = await scene.DelegationAsync();
        await scene.TellAsync(of, new ToldLines(Rollup.Premiums, [.. Enumerable.Range(1, 12).Select(month => Premium($"P{month}", $"2025-{month:00}-01", 50_00))], []));
        await scene.TellAsync(of, new ToldLines(Rollup.Benefits,
            [Benefit("B1", "2025-02-20", "2025-03-04", 100_00, 120_00), Benefit("B2", "2025-03-01", "2025-03-05", 50_00, 55_00, category: "dental", act: "D1"), Benefit("B3", "2025-03-02", "2025-03-31", -10_00, -10_00, acts: -1)],
            []));
        await scene.TellAsync(of, new ToldLines(Rollup.Membership, [.. Enumerable.Range(1, 12).Select(month => Member(month))], []));
        return of;
    }

    public static object Premium(string reference, string month, long earned) => new
    {
        reference, contract_reference = "C-1", product = "Santé Pro", college = "all", individual = false, month, entry_day = month, called = earned, collected = earned - 100, earned, tax = earned * 1327 / 10_000,
    };

    public static object Benefit(string reference, string care, string paid, long benefit, long expenses, int acts = 1, string category = "routine_care", string act = "C", string basket = "none") => new
    {
        reference, contract_reference = "C-1", product = "Santé Pro", college = "all", individual = false, level = "base", category, act, basket, beneficiary_kind = "insured", age_band = "30-39",
        sex = "female", region = "11", care_day = care, payment_day = paid, acts, expenses, compulsory_base = 0, compulsory_paid = 0, benefit, other_paid = 0, out_of_pocket = expenses - benefit,
    };

    public static object Member(int month) => new
    {
        reference = $"M{month}", contract_reference = "C-1", product = "Santé Pro", college = "all", individual = false, beneficiary_kind = "insured", age_band = "30-39", sex = "female", region = "11",
        month = $"2025-{month:00}-01", insured = 1, exposure_days = DateTime.DaysInMonth(2025, month), entries = month == 1 ? 1 : 0, exits = 0,
    };

    /// <summary>The cells of a line or of the total by the keys of the columns; whole numbers, texts or null.</summary>
    public static Dictionary<string, object?> Read(this TechnicalTable table, IReadOnlyList<ReportCell> cells) => table.Table.Columns.Zip(cells).ToDictionary(
        pair => pair.First.Key,
        pair => pair.Second.ValueCase switch { ReportCell.ValueOneofCase.Number => (object?)pair.Second.Number, ReportCell.ValueOneofCase.Text => pair.Second.Text, _ => null });
}
