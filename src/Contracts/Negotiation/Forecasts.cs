using Delegation.ServiceDefaults.Time;
using State = Delegation.Contracts.V1.ClauseReview.Types.State;

namespace Delegation.Contracts.Negotiation;

/// <summary>When a contract will be agreed, by the ages of its reviews.</summary>
internal static class Forecasts
{
    /// <summary>
    /// How long a review is expected to take from now on. One in progress keeps to its agreed time; one that is stalled stays as long again as
    /// it already did; after a requested change all departments review once more.
    /// </summary>
    public static TimeSpan Remaining(ReviewRow review, int reviewDays, DateTime now)
    {
        if (review.IsIn(State.Approved))
            return TimeSpan.Zero;

        var agreed = TimeSpan.FromDays(reviewDays);
        var age = now > review.Since ? now - review.Since : TimeSpan.Zero;
        var move = age < agreed ? agreed - age : age;
        return review.IsIn(State.ChangeRequested) ? move + agreed : move;
    }

    /// <summary>The review that takes longest; null when nothing is open.</summary>
    public static ReviewRow? Slowest(IEnumerable<ReviewRow> reviews, int reviewDays, DateTime now) =>
        reviews.Where(review => !review.IsIn(State.Approved)).MaxBy(review => Remaining(review, reviewDays, now));

    /// <summary>The day on which the last review is expected to be approved: they run beside each other.</summary>
    public static DateOnly AgreementDay(IEnumerable<ReviewRow> reviews, int reviewDays, DateTime now)
    {
        var longest = Slowest(reviews, reviewDays, now) is { } slowest ? Remaining(slowest, reviewDays, now) : TimeSpan.Zero;
        return ParisDays.DayAt(new DateTimeOffset(now, TimeSpan.Zero) + longest);
    }
}
