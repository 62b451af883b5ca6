using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.JointVersions;

/// <summary>The days of a version in a request.</summary>
internal static class JointDays
{
    private static readonly FieldViolation BeforeEffect = new(
        "last_day",
        "LAST_DAY_BEFORE_EFFECTIVE_DAY",
        new("It would end before it takes effect.", "La fin précéderait l'effet."),
        new("Let it end on its effective day or later.", "Faites-la prendre fin à sa date d'effet ou après."));

    private static readonly FieldViolation LastDayAndNone = new(
        "last_day",
        "LAST_DAY_AND_NO_LAST_DAY",
        new("A last day is given and taken away at once.", "Une date de fin est à la fois indiquée et retirée."),
        new("Give one of the two.", "Indiquez l'un des deux."));

    /// <summary>The last day, null where it is empty or wrong.</summary>
    public static DateOnly? ReadLastDay(string text, DateOnly? effectiveDay, ICollection<FieldViolation> violations)
    {
        var last = DayField.ReadOptional("last_day", text, violations);
        if (last < effectiveDay)
            violations.Add(BeforeEffect);

        return last;
    }

    /// <summary>The last day that a change asks for: another, none, or the former one.</summary>
    public static string LastDayOf(string lastDay, bool noLastDay, JointVersionRow version, ICollection<FieldViolation> violations)
    {
        if (noLastDay && lastDay.Length > 0)
            violations.Add(LastDayAndNone);

        return noLastDay ? "" : lastDay.Length > 0 ? lastDay : DayField.Write(version.LastDay);
    }
}
