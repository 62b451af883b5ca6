using State = Delegation.Contracts.V1.ClauseReview.Types.State;

namespace Delegation.Contracts.Negotiation;

/// <summary>A stall (blocage) is a review that stays open without a move for the agreed time. Comments are no moves.</summary>
internal static class Stalls
{
    // Also the longest pause between two looks: whatever the parties agree on meanwhile, a stall is found within a day.
    private static readonly TimeSpan Look = TimeSpan.FromDays(1);

    /// <summary>The instant from which a review is stalled if nobody moves it; null when it is approved.</summary>
    public static DateTime? BeginsAt(ReviewRow review, int reviewDays) => review.IsIn(State.Approved) ? null : review.Since.AddDays(reviewDays);

    /// <summary>Those that are stalled and were not found before, as they are once found.</summary>
    public static IReadOnlyList<ReviewRow> Find(IEnumerable<ReviewRow> reviews, int reviewDays, DateTime now) =>
        [.. reviews.Where(review => review.StallTime is null && BeginsAt(review, reviewDays) <= now).Select(review => review with { StallTime = now })];

    /// <summary>When to look again: at the next stall, and within a day.</summary>
    public static DateTime NextLook(IEnumerable<ReviewRow> reviews, int reviewDays, DateTime now) =>
        reviews.Select(review => BeginsAt(review, reviewDays)).Where(begins => begins > now).Append(now + Look).Min()!.Value;
}
