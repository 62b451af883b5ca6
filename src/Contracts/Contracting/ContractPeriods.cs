using Delegation.Contracts.V1;

namespace Delegation.Contracts.Contracting;

/// <summary>The terms of a contract one after the other: the first one, and those for which it renews itself. Each end is counted from the first day, so that months do not drift.</summary>
/// <param name="EffectiveDay">Its first day.</param>
/// <param name="TermMonths">Of the first term; 0 for a contract without an end.</param>
/// <param name="RenewalMonths">Of each further term; 0 when there is none.</param>
internal sealed record ContractPeriods(DateOnly EffectiveDay, int TermMonths, int RenewalMonths)
{
    /// <summary>Stands for no last day.</summary>
    public static readonly DateOnly Open = DateOnly.MaxValue;

    public static ContractPeriods Of(DateOnly effectiveDay, ContractDuration duration) => new(effectiveDay, duration.TermMonths, duration.RenewalMonths);

    /// <summary>True when it goes on after the end of a term unless somebody gives notice.</summary>
    public bool Renews => TermMonths > 0 && RenewalMonths > 0;

    /// <summary>Its last day by itself.</summary>
    public DateOnly LastDay => TermMonths == 0 || RenewalMonths > 0 ? Open : EndAfter(0);

    /// <summary>The last day of the term that a day is in; null for a contract without an end, and after its last one.</summary>
    public DateOnly? TermEnd(DateOnly day)
    {
        if (TermMonths == 0 || day > LastDay)
            return null;
        if (RenewalMonths == 0)
            return LastDay;

        var months = ((day.Year - EffectiveDay.Year) * 12) + day.Month - EffectiveDay.Month;
        var renewals = Math.Max(0, ((months - TermMonths) / RenewalMonths) - 1);
        while (EndAfter(renewals) < day)
            renewals++;

        return EndAfter(renewals);
    }

    private DateOnly EndAfter(int renewals) => EffectiveDay.AddMonths(TermMonths + (renewals * RenewalMonths)).AddDays(-1);
}
