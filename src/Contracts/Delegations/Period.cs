using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Delegations;

/// <summary>Days from one to another, both of them in it; without an end it stays open.</summary>
internal sealed record Period(DateOnly Start, DateOnly? End)
{
    private static readonly LocalizedText EndBeforeStart = new("The last day comes before the first.", "Le dernier jour précède le premier.");
    private static readonly LocalizedText SwapThem = new("Give a last day on or after the first.", "Indiquez un dernier jour égal ou postérieur au premier.");

    /// <summary>Reads <c>start_day</c> and <c>end_day</c> of a message; null with violations.</summary>
    public static Period? Read(string path, string startDay, string endDay, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var start = DayField.Read($"{path}.start_day", startDay, violations);
        var end = DayField.ReadOptional($"{path}.end_day", endDay, violations);
        if (end < start)
            violations.Add(new FieldViolation($"{path}.end_day", "END_BEFORE_START", EndBeforeStart, SwapThem));

        return violations.Count == before ? new Period(start!.Value, end) : null;
    }

    public bool Contains(DateOnly day) => Start <= day && (End is null || day <= End);

    public bool Overlaps(Period other) => (End is null || other.Start <= End) && (other.End is null || Start <= other.End);
}
