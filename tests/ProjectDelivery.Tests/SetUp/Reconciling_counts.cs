using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.SetUp;
using Delegation.ServiceDefaults.Calendar;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.ProjectDelivery.Tests.SetUp;

/// <summary>What two sides count is compared line by line, and nothing is lost.</summary>
public sealed class Reconciling_counts
{
    private static readonly Gen<CountedLine> Lines =
        from count in Gen.Choose(0, 3) from cents in Gen.Frequency((3, Gen.Choose(-200, 200).Select(cents => (long?)cents)), (1, Gen.Constant((long?)null))) select new CountedLine(count, cents);

    private static readonly Gen<Dictionary<string, CountedLine>> Counts =
        from labels in Gen.SubListOf("", "a", "é", "z") from lines in Lines.ArrayOf(4) select labels.Zip(lines).ToDictionary(pair => pair.First, pair => pair.Second);

    [Fact]
    public void Sides_that_count_the_same_do_not_differ_and_any_others_do() => Prop.ForAll(
        Counts.Zip(Counts).ToArbitrary(),
        drawn =>
        {
            var (insurer, other) = drawn;
            var same = insurer.Count == other.Count && insurer.All(line => other.TryGetValue(line.Key, out var counted) && counted == line.Value);
            return Reconciliation.Reconcile(insurer, other, []).Any(line => line.Differs) == !same && !Reconciliation.Reconcile(insurer, insurer, []).Any(line => line.Differs);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_differences_add_up_to_the_difference_of_the_totals() => Prop.ForAll(
        Counts.Zip(Counts).ToArbitrary(),
        drawn =>
        {
            var differences = Reconciliation.Reconcile(drawn.Item1, drawn.Item2, []).Where(line => line.Differs).ToArray();
            return differences.Sum(line => line.CountDifference) == drawn.Item1.Values.Sum(line => line.Count) - drawn.Item2.Values.Sum(line => line.Count)
                && differences.Sum(line => line.AmountDifference) == drawn.Item1.Values.Sum(line => line.AmountCents ?? 0) - drawn.Item2.Values.Sum(line => line.AmountCents ?? 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_explanation_stays_only_with_the_difference_that_it_was_given_for()
    {
        Dictionary<string, CountedLine> insurer = new() { ["a"] = new(1, 100), ["b"] = new(5, null) };
        var explained = Reconciliation.Reconcile(insurer, new Dictionary<string, CountedLine> { ["a"] = new(2, 100) }, [])
            .Select(line => line with { Explanation = "Vu.", ExplainedBy = "insurer" }).ToArray();

        var again = Reconciliation.Reconcile(insurer, new Dictionary<string, CountedLine> { ["a"] = new(3, 100) }, explained);

        Assert.Equal([("a", ""), ("b", "Vu.")], again.Select(line => (line.Label, line.Explanation)));
    }

    [Theory]
    [InlineData("each_month", 10, "2026-01-01", DueDayCounting.Ouvres, "2026-04-20", "2026-04-01 2026-04-30 2026-05-19")] // 1 May, 8 May and 14 May are holidays.
    [InlineData("each_month", 10, "2026-01-01", DueDayCounting.Ouvrables, "2026-04-20", "2026-04-01 2026-04-30 2026-05-15")]
    [InlineData("each_month", 9, "2026-01-01", DueDayCounting.CalendarDays, "2026-04-20", "2026-04-01 2026-04-30 2026-05-11")] // The 9th is a Saturday.
    [InlineData("each_week", 0, "2026-01-05", DueDayCounting.CalendarDays, "2026-01-13", "2026-01-12 2026-01-18 2026-01-19")]
    [InlineData("each_quarter", 1, "2025-10-01", DueDayCounting.Ouvres, "2026-01-01", "2025-10-01 2025-12-31 2026-01-02")]
    [InlineData("each_year", 31, "2026-01-01", DueDayCounting.CalendarDays, "2026-01-01", "2026-01-01 2026-12-31 2027-02-01")]
    public void A_report_is_due_so_many_days_after_its_period(
        string periodicity, int dueDays, string firstPeriodDay, DueDayCounting counting, string from, string next)
    {
        var delivery = new ReportPeriods(periodicity, dueDays, DateOnly.Parse(firstPeriodDay), counting.Stored()).From(DateOnly.Parse(from)).First();

        Assert.Equal(next, $"{delivery.First:yyyy-MM-dd} {delivery.Last:yyyy-MM-dd} {delivery.Due:yyyy-MM-dd}");
    }

    [Theory]
    [InlineData("each_week", "2026-01-05", true)]
    [InlineData("each_week", "2026-01-06", false)]
    [InlineData("each_month", "2026-02-01", true)]
    [InlineData("each_month", "2026-02-02", false)]
    [InlineData("each_quarter", "2026-04-01", true)]
    [InlineData("each_quarter", "2026-05-01", false)]
    [InlineData("each_half_year", "2026-07-01", true)]
    [InlineData("each_half_year", "2026-04-01", false)]
    [InlineData("each_year", "2026-01-01", true)]
    [InlineData("each_year", "2026-07-01", false)]
    public void A_period_begins_on_its_first_day(string periodicity, string day, bool begins) =>
        Assert.Equal(begins, ReportPeriods.IsFirstDay(periodicity, DateOnly.Parse(day)));
}
