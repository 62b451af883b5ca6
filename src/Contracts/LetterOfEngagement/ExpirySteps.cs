using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>What the end of a letter in force asks for on a day: a warning 30 and 7 days ahead, and expiry once its end day is over.</summary>
internal static class ExpirySteps
{
    private static readonly int[] DaysAhead = [30, 7];

    internal enum Step
    {
        Wait,
        Warn,
        Expire,
    }

    /// <summary>The step that is due.</summary>
    /// <param name="end">The last day of the letter.</param>
    /// <param name="warned">How many days ahead the latest warning was for; null before the first.</param>
    /// <param name="today">The day it is in Paris.</param>
    /// <returns>The step and, for a warning, which of the two it is: the nearer one when both were missed.</returns>
    public static (Step Step, int DaysAhead) Due(DateOnly end, int? warned, DateOnly today)
    {
        if (today > end)
            return (Step.Expire, 0);

        var reached = DaysAhead.Where(days => today >= end.AddDays(-days)).ToArray();
        return reached.Length > 0 && (warned is null || warned > reached[^1]) ? (Step.Warn, reached[^1]) : (Step.Wait, 0);
    }

    /// <summary>When to look again: the next of the warnings, or the end of the end day.</summary>
    public static DateTimeOffset Next(DateOnly end, int? warned) => DaysAhead.Where(days => warned is null || days < warned).ToArray() is [var next, ..]
        ? ParisDays.StartOf(end.AddDays(-next))
        : ParisDays.EndOf(end);
}
