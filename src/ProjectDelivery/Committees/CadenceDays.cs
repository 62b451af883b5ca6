using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Calendar;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>The days on which a cadence falls.</summary>
internal static class CadenceDays
{
    /// <summary>The day by which the next meeting is to be: a step later, or the working day after it.</summary>
    public static DateOnly After(this CadenceStep step, DateOnly day) => BusinessCalendar.Ouvres.OnOrAfter(step switch
    {
        CadenceStep.Weekly => day.AddDays(7),
        CadenceStep.Fortnightly => day.AddDays(14),
        CadenceStep.Monthly => day.AddMonths(1),
        CadenceStep.Quarterly => day.AddMonths(3),
        CadenceStep.HalfYearly => day.AddMonths(6),
        CadenceStep.Yearly => day.AddYears(1),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "This is no step."),
    });
}
