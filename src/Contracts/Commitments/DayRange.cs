using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Commitments;

/// <summary>Days of a request from one to another, both of them among these.</summary>
internal sealed record DayRange(DateOnly Start, DateOnly End)
{
    private const int MostYears = 10;

    private static readonly FieldViolation EndBeforeStart = new(
        "end_day",
        "END_BEFORE_START",
        new("The last day comes before the first.", "Le dernier jour précède le premier."),
        new("Give a last day on or after the first.", "Indiquez un dernier jour égal ou postérieur au premier."));

    private static readonly FieldViolation TooLong = new(
        "end_day",
        "PERIOD_TOO_LONG",
        new($"The period is longer than {MostYears} years.", $"La période dépasse {MostYears} ans."),
        new("Ask for a shorter one.", "Indiquez une période plus courte."));

    /// <summary>How many days.</summary>
    public int Days => End.DayNumber - Start.DayNumber + 1;

    /// <summary>Reads the fields <c>start_day</c> and <c>end_day</c>; null with violations.</summary>
    public static DayRange? Read(string startDay, string endDay, ICollection<FieldViolation> violations)
    {
        var (start, end) = (DayField.Read("start_day", startDay, violations), DayField.Read("end_day", endDay, violations));
        if (start is null || end is null)
            return null;

        if (end < start)
            violations.Add(EndBeforeStart);
        else if (end > start.Value.AddYears(MostYears))
            violations.Add(TooLong);
        else
            return new DayRange(start.Value, end.Value);

        return null;
    }
}
