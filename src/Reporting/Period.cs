using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Reporting;

/// <summary>Days from a first to a last one.</summary>
internal sealed record Period(DateOnly Start, DateOnly End)
{
    private const int MostDays = 366;

    private static readonly FieldViolation TooLong = new(
        "period_end_day", "PERIOD_TOO_LONG", new($"The period has more than {MostDays} days.", $"La période dépasse {MostDays} jours."),
        new("Choose a year at most.", "Choisissez une année au plus."));

    /// <summary>Reads <c>period_start_day</c> and <c>period_end_day</c>, or null with violations.</summary>
    public static Period? Read(string startDay, string endDay, ICollection<FieldViolation> violations)
    {
        var start = DayField.Read("period_start_day", startDay, violations);
        var end = DayField.Read("period_end_day", endDay, violations);
        if (start is not { } first || end is not { } last)
            return null;

        var wrong = last < first ? EndsBeforeStart("period_end_day") : last.DayNumber - first.DayNumber >= MostDays ? TooLong : null;
        if (wrong is null)
            return new Period(first, last);

        violations.Add(wrong);
        return null;
    }

    /// <summary>A last day before the first one (<c>PERIOD_END_DAY_BEFORE_START</c> for the field <c>period_end_day</c>).</summary>
    public static FieldViolation EndsBeforeStart(string field) => new(
        field, $"{field.ToUpperInvariant()}_BEFORE_START", new("The last day is before the first one.", "Le dernier jour précède le premier."),
        new("Exchange them, or choose another day.", "Intervertissez-les, ou choisissez un autre jour."));
}
