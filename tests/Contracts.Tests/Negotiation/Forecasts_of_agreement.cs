using Delegation.Contracts.Negotiation;
using Delegation.Contracts.V1;
using FsCheck;
using FsCheck.Fluent;
using State = Delegation.Contracts.V1.ClauseReview.Types.State;

namespace Delegation.Contracts.Tests.Negotiation;

/// <summary>The rules of the forecast, over random negotiations.</summary>
public sealed class Forecasts_of_agreement
{
    private const int Agreed = 10;

    private static readonly DateTime Now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 3, 2);

    private static readonly Arbitrary<ReviewRow[]> Negotiations = (
        from reviews in Gen.NonEmptyListOf(
            from state in Gen.Elements(State.InProgress, State.ChangeRequested, State.Approved)
            from hours in Gen.Choose(0, 60 * 24)
            select Review(state, TimeSpan.FromHours(hours)))
        select reviews.ToArray()).ToArbitrary();

    [Theory]
    [InlineData(State.Approved, 40, 0)]
    [InlineData(State.InProgress, 0, 10)]
    [InlineData(State.InProgress, 4, 6)]
    [InlineData(State.InProgress, 10, 10)]
    [InlineData(State.InProgress, 25, 25)]
    [InlineData(State.ChangeRequested, 4, 16)]
    [InlineData(State.ChangeRequested, 30, 40)]
    public void A_review_keeps_to_its_time_and_a_stalled_one_stays_as_long_again(ClauseReview.Types.State state, int ageDays, int remainingDays) =>
        Assert.Equal(TimeSpan.FromDays(remainingDays), Forecasts.Remaining(Review(state, TimeSpan.FromDays(ageDays)), Agreed, Now));

    [Fact]
    public void It_is_today_when_all_is_approved_and_later_otherwise() => Prop.ForAll(Negotiations, reviews =>
    {
        var day = Forecasts.AgreementDay(reviews, Agreed, Now);
        return reviews.All(review => review.IsIn(State.Approved)) ? day == Today : day >= Today && Forecasts.Slowest(reviews, Agreed, Now) is not null;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_slowest_review_alone_decides() => Prop.ForAll(Negotiations, reviews =>
        Forecasts.Slowest(reviews, Agreed, Now) is not { } slowest
            || Forecasts.AgreementDay([slowest], Agreed, Now) == Forecasts.AgreementDay(reviews, Agreed, Now)).QuickCheckThrowOnFailure();

    [Fact]
    public void An_approval_never_puts_it_off_and_a_requested_change_never_brings_it_nearer() => Prop.ForAll(Negotiations, reviews =>
    {
        var day = Forecasts.AgreementDay(reviews, Agreed, Now);
        return Enumerable.Range(0, reviews.Length).All(index =>
            Forecasts.AgreementDay(With(reviews, index, State.Approved), Agreed, Now) <= day
            && (reviews[index].IsIn(State.Approved) || Forecasts.AgreementDay(With(reviews, index, State.ChangeRequested), Agreed, Now) >= day));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_two_stalled_reviews_the_older_one_takes_longer() => Prop.ForAll(
        Gen.Two(Gen.Choose(Agreed, 400)).ToArbitrary(),
        ages => ages.Item1 <= ages.Item2 == (Remaining(ages.Item1) <= Remaining(ages.Item2))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_stall_begins_when_the_agreed_time_is_over_and_is_found_once() => Prop.ForAll(Negotiations, reviews =>
    {
        var found = Stalls.Find(reviews, Agreed, Now);
        var over = reviews.Count(review => !review.IsIn(State.Approved) && Now - review.Since >= TimeSpan.FromDays(Agreed));
        return found.Count == over && Stalls.Find(found, Agreed, Now).Count == 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_next_look_comes_within_a_day_and_not_after_a_stall_begins() => Prop.ForAll(Negotiations, reviews =>
    {
        var look = Stalls.NextLook(reviews, Agreed, Now);
        return look > Now && look <= Now.AddDays(1)
            && reviews.Select(review => Stalls.BeginsAt(review, Agreed)).Where(begins => begins > Now).All(begins => look <= begins);
    }).QuickCheckThrowOnFailure();

    private static TimeSpan Remaining(int ageDays) => Forecasts.Remaining(Review(State.InProgress, TimeSpan.FromDays(ageDays)), Agreed, Now);

    private static ReviewRow[] With(ReviewRow[] reviews, int index, State state) =>
        [.. reviews.Select((review, place) => place == index ? review with { State = state.Stored() } : review)];

    private static ReviewRow Review(State state, TimeSpan age) => new()
    {
        ClauseId = Guid.CreateVersion7(), Side = "insurer", Department = "legal", State = state.Stored(), Since = Now - age,
    };
}
