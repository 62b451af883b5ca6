using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Reporting.Operational;

/// <summary>When something happened, as exactly as it was told.</summary>
/// <param name="Day">The day in Paris.</param>
/// <param name="Time">The instant; null when only the day was told.</param>
internal readonly record struct Moment(DateOnly Day, DateTimeOffset? Time)
{
    public static Moment At(DateTimeOffset instant) => new(ParisDays.DayAt(instant), instant);

    /// <summary>The end of a day, of which the day itself is still part.</summary>
    public static Moment EndOf(DateOnly day) => new(day, ParisDays.EndOf(day));
}

/// <summary>A time for which the clock stands still, if the commitment names the cause; without an end it still does.</summary>
internal sealed record Standstill(PauseCause Cause, DateTimeOffset From, DateTimeOffset? To)
{
    /// <summary>Whether the clock stands still when a day ends: that day does not count for clocks of days.</summary>
    public bool HoldsAtEndOf(DateOnly day) => ParisDays.DayAt(From) <= day && (To is null || ParisDays.DayAt(To.Value) > day);
}
