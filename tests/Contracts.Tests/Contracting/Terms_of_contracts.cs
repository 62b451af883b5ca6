using Delegation.Access.V1;
using Delegation.Contracts.Contracting;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Tests.Contracting;

/// <summary>Terms, notices and warnings as functions of days.</summary>
public sealed class Terms_of_contracts
{
    private const int WarnDays = 90;
    private static readonly DateOnly First = new(2026, 1, 31);

    private static readonly Arbitrary<(DateOnly Effective, ContractDuration Duration, int Offset)> Any = (
        from start in Gen.Choose(0, 800)
        from term in Gen.Choose(0, 24)
        from renewal in Gen.Choose(0, 14)
        from insurer in Gen.Choose(0, 12)
        from tpa in Gen.Choose(0, 18)
        from offset in Gen.Choose(0, 1500)
        select (First.AddDays(start), new ContractDuration { TermMonths = term, RenewalMonths = renewal, NoticeMonthsInsurer = insurer, NoticeMonthsDelegate = tpa }, offset)).ToArbitrary();

    [Fact]
    public void Terms_follow_each_other_without_a_gap() => Prop.ForAll(Any, any =>
    {
        var periods = ContractPeriods.Of(any.Effective, any.Duration);
        var day = any.Effective.AddDays(any.Offset);
        return periods.TermEnd(day) is not { } end
            ? any.Duration.TermMonths == 0 || day > periods.LastDay
            : end >= day && (end == any.Effective.AddMonths(any.Duration.TermMonths).AddDays(-1)
                || (any.Duration.RenewalMonths > 0 && Enumerable.Range(1, 300).Any(times => end == any.Effective.AddMonths(any.Duration.TermMonths + (times * any.Duration.RenewalMonths)).AddDays(-1))))
                && (day == any.Effective || periods.TermEnd(day.AddDays(-1)) <= end);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_last_day_for_notice_is_in_time_and_the_next_one_is_not() => Prop.ForAll(Any, any => Sides.Both.All(side =>
    {
        var end = any.Effective.AddDays(any.Offset);
        var last = Notices.LastDayFor(end, any.Duration, side);
        return Notices.Earliest(TerminationGround.NonRenewal, any.Duration, side, last) <= end
            && Notices.Earliest(TerminationGround.NonRenewal, any.Duration, side, last.AddDays(1)) > end;
    })).QuickCheckThrowOnFailure();

    /// <summary>Looking again on the days that it names misses nothing that a look on each day would find.</summary>
    [Fact]
    public void Looking_on_the_named_days_finds_all_that_a_look_on_each_day_finds() => Prop.ForAll(Any, any =>
    {
        var contract = InForce(any.Effective, any.Duration);
        var from = any.Effective.AddDays(-30);
        var looks = new HashSet<DateOnly> { from };
        for (DateOnly? next = from; (next = TermSteps.Next(contract, next.Value, WarnDays)) is { } day && day < from.AddDays(1200);)
            looks.Add(day);

        return Enumerable.Range(1, 1199).Select(offset => from.AddDays(offset)).All(day =>
            (Said(contract, day) == Said(contract, day.AddDays(-1)) && TermSteps.IsOver(contract, day) == TermSteps.IsOver(contract, day.AddDays(-1))) || looks.Contains(day));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_side_is_told_ahead_of_its_own_last_day_for_notice()
    {
        var contract = InForce(new(2026, 1, 1), new ContractDuration { TermMonths = 36, RenewalMonths = 12, NoticeMonthsInsurer = 6, NoticeMonthsDelegate = 12 });

        Assert.Null(TermSteps.Warning(contract, Side.Insurer, new(2028, 3, 31), WarnDays));
        Assert.Equal(new TermWarning(TermWarning.Of.Renewal, new(2028, 6, 30), new(2028, 12, 31)), TermSteps.Warning(contract, Side.Insurer, new(2028, 4, 1), WarnDays));
        Assert.Equal(new TermWarning(TermWarning.Of.Renewal, new(2027, 12, 31), new(2028, 12, 31)), TermSteps.Warning(contract, Side.Delegate, new(2027, 12, 31), WarnDays));
        Assert.Null(TermSteps.Warning(contract, Side.Insurer, new(2028, 7, 1), WarnDays));

        var noticed = contract with { Notices = Notice("2028-12-31", "2029-02-28") };
        Assert.Equal(new TermWarning(TermWarning.Of.End, new(2028, 12, 31), new(2028, 12, 31)), TermSteps.Warning(noticed, Side.Insurer, new(2028, 10, 2), WarnDays));
        Assert.False(TermSteps.IsOver(noticed, new(2029, 2, 28)));
        Assert.True(TermSteps.IsOver(noticed, new(2029, 3, 1)));
    }

    private static string Notice(string last, string transition) => ProtoJson.WriteList([new TerminationNotice { LastDay = last, TransitionEndDay = transition, Time = Timestamp.FromDateTime(DateTime.UnixEpoch) }]);

    private static (TermWarning?, TermWarning?) Said(ContractRow contract, DateOnly day) =>
        (TermSteps.Warning(contract, Side.Insurer, day, WarnDays), TermSteps.Warning(contract, Side.Delegate, day, WarnDays));

    private static ContractRow InForce(DateOnly effective, ContractDuration duration) => new()
    {
        OwnerId = default, DelegationId = default, DelegateId = default, Id = default, Number = 1, Kind = "contract", State = State.InForce.Stored(), Title = "Contrat",
        EffectiveDay = effective, ReviewDays = 10, DraftedBy = "insurer", CreateTime = default, ContentRevision = 1, Revision = 1, Duration = JsonFormatter.Default.Format(duration),
    };
}
