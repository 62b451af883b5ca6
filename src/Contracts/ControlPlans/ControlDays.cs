using System.Globalization;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Time;
using Frequency = Delegation.Contracts.V1.PlannedControl.Types.Frequency;
using State = Delegation.Contracts.V1.Control.Types.State;

namespace Delegation.Contracts.ControlPlans;

/// <summary>The days of controls.</summary>
internal static class ControlDays
{
    /// <summary>So many days before it is due, a control is on its owner's work list: one of every month is no work all year long.</summary>
    private const int Ahead = 30;

    /// <summary>The days of a year on which a control is due, in order. A control that is made once has its own; the days of others end a period.</summary>
    public static IReadOnlyList<DateOnly> Of(PlannedControl planned, int year) => planned.Frequency == Frequency.Once
        ? [Parse(planned.DueDay)]
        : [.. Enumerable.Range(1, 12 / Months(planned.Frequency)).Select(period => new DateOnly(year, 1, 1).AddMonths(period * Months(planned.Frequency)).AddDays(-1))];

    public static DateOnly DueOn(Control control) => Parse(control.DueDay);

    /// <summary>Whether it is to be on work lists.</summary>
    public static bool IsNear(Control control, DateTimeOffset now) => control.State == State.Planned && now >= NearFrom(control);

    /// <summary>When to look again: when it comes near, and when its day is over; null for never.</summary>
    public static DateTimeOffset? Next(Control control, DateTimeOffset now) => control switch
    {
        { State: not State.Planned } or { Late: true } => null,
        _ when now < NearFrom(control) => NearFrom(control),
        _ => ParisDays.EndOf(DueOn(control)),
    };

    private static DateTimeOffset NearFrom(Control control) => ParisDays.StartOf(DueOn(control).AddDays(-Ahead));

    private static int Months(Frequency frequency) => frequency switch { Frequency.Monthly => 1, Frequency.Quarterly => 3, _ => 6 };

    private static DateOnly Parse(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
