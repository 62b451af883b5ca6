using Delegation.Reporting.Operations;
using Delegation.ServiceDefaults.Calendar;
using FsCheck;
using FsCheck.Fluent;
using Kind = Delegation.Reporting.V1.Operation.Types.Kind;

namespace Delegation.Reporting.Tests.Operations;

public sealed class Flows_and_stocks
{
    private static readonly DateOnly Start = new(2026, 5, 1);
    private static readonly DateOnly End = new(2026, 5, 31);

    [Fact]
    public void The_stock_at_the_end_is_that_at_the_start_and_what_came_less_what_went() =>
        Prop.ForAll(Operations().ArrayOf().ToArbitrary(), operations =>
        {
            var (total, kinds) = Counting.Count(Grouped(operations));
            return total.Opening + total.Received - total.Closed == total.Closing
                && kinds.All(kind => kind.Opening + kind.Received - kind.Closed == kind.Closing)
                && total.Processed + total.Refused + total.Abandoned == total.Closed
                && kinds.Sum(kind => kind.Received) == total.Received && kinds.Sum(kind => kind.Closing) == total.Closing
                && total.Opening == operations.Count(one => one.Receive < Start && !(one.Close < Start))
                && total.Closing == operations.Count(one => one.Receive <= End && !(one.Close <= End));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Times_are_those_that_counting_one_by_one_gives() =>
        Prop.ForAll(Operations().ArrayOf().ToArbitrary(), operations =>
        {
            var days = operations.Where(one => one.Close >= Start && one.Close <= End)
                .Select(one => BusinessCalendar.Ouvres.CountAfter(one.Complete ?? one.Receive, one.Close!.Value)).Order().ToArray();
            var times = Counting.Count(Grouped(operations)).Total.Times;
            return days.Length == 0
                ? times is null
                : times.MedianDays == days[((days.Length + 1) / 2) - 1]
                    && times.Percentile95Days == days[(int)Math.Ceiling(0.95 * days.Length) - 1]
                    && Math.Abs(times.AverageDays - days.Average()) < 1e-9
                    && times.Distribution.SelectMany(time => Enumerable.Repeat(time.Days, (int)time.Operations)).SequenceEqual(days);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Kinds_come_in_the_order_of_the_contract_and_without_those_of_which_there_is_nothing_to_tell()
    {
        One[] operations = [new(Kind.Complaint, Start, null, null, "processed"), new(Kind.ClaimNoemie, Start, null, null, "processed")];

        Assert.Equal([Kind.ClaimNoemie, Kind.Complaint], Counting.Count(Grouped(operations)).Kinds.Select(kind => kind.Kind));
    }

    [Fact]
    public void Without_any_operation_all_is_nothing()
    {
        var (total, kinds) = Counting.Count([new CountedGroup(null, null, null, null, null, null, null, null, null)]);

        Assert.Equal(new V1.OperationCount(), total);
        Assert.Empty(kinds);
    }

    private static Gen<One> Operations() =>
        from kind in Gen.Elements(Kind.ClaimNoemie, Kind.Quote, Kind.Complaint)
        from receive in Gen.Choose(-40, 35)
        from complete in Gen.Choose(-5, 5)
        from close in Gen.Choose(-20, 60)
        from outcome in Gen.Elements("processed", "refused", "abandoned")
        let received = Start.AddDays(receive)
        let closed = close < 0 ? default(DateOnly?) : received.AddDays(close)
        select new One(kind, received, complete < 0 || closed < received.AddDays(complete) ? null : received.AddDays(complete), closed, outcome);

    // As the statement groups them.
    private static CountedGroup[] Grouped(IEnumerable<One> operations) =>
    [
        .. operations.Where(one => one.Receive <= End && !(one.Close < Start)).GroupBy(one =>
        {
            var closed = one.Close <= End;
            return new CountedGroup(
                null, null, one.Kind == Kind.ClaimNoemie ? "claim_noemie" : one.Kind == Kind.Quote ? "quote" : "complaint", one.Receive < Start,
                closed ? one.Complete ?? one.Receive : null, closed ? one.Close : null, closed ? one.Outcome : null, false, null);
        }).Select(group => group.Key with { Operations = group.Count() }),
    ];

    private sealed record One(Kind Kind, DateOnly Receive, DateOnly? Complete, DateOnly? Close, string Outcome);
}
