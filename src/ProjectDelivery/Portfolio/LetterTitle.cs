using System.Globalization;
using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using TitleKind = Delegation.Delivery.V1.TitleKind;

namespace Delegation.ProjectDelivery.Portfolio;

/// <summary>A title to operate and the days of its effect, as known now; the last of all days while nothing ends it.</summary>
internal sealed record KnownTitle(Guid TitleId, string Kind, DateTime GrantTime, DateOnly FirstDay, DateOnly LastDay);

/// <summary>The title that a letter of engagement gives, read from what Contracts tells of the letter.</summary>
internal static class LetterTitle
{
    /// <summary>
    /// The title after one of the events that give or change it; null for any other. A letter that expires ends on the day that it had all
    /// the time, which changes nothing.
    /// </summary>
    public static KnownTitle? After(JournalEntry told) =>
        (told.EventAs<LetterEnteredIntoForce>()?.Letter ?? told.EventAs<LetterSuperseded>()?.Letter ?? told.EventAs<LetterTerminated>()?.Letter) is { } letter
            ? Of(letter)
            : null;

    /// <summary>The title that a letter gives which was in force at some time.</summary>
    public static KnownTitle Of(Letter letter) => new(
        Guid.Parse(letter.Id), TitleKind.LetterOfEngagement.Stored(), letter.InForceTime.ToDateTime(), Day(letter.EffectiveDay), LastDay(letter));

    // A successor that takes effect after the letter has ended by itself leaves its end as it was.
    private static DateOnly LastDay(Letter letter)
    {
        var agreed = Day(letter.LastDay.Length > 0 ? letter.LastDay : letter.EndDay);
        if (letter.SupersededOnDay.Length == 0)
            return agreed;

        var before = Day(letter.SupersededOnDay).AddDays(-1);
        return before < agreed ? before : agreed;
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
