using Delegation.Contracts.TitleToOperate;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Contracting;

/// <summary>How a contract ends, as far as it is known: by its term, by notices, or because another one takes its place.</summary>
/// <param name="LastDay">Its last day; <see cref="ContractPeriods.Open"/> while it renews itself or has no end.</param>
/// <param name="TransitionEnd">The last day on which it is the title: notice and transition stay under the contract.</param>
/// <param name="RunOffEnd">The last day of its survival clause; the same day when there is no run-off.</param>
/// <param name="How">By what.</param>
internal sealed record ContractEnd(DateOnly LastDay, DateOnly TransitionEnd, DateOnly RunOffEnd, TitleEnd How)
{
    public bool IsOpen => LastDay == ContractPeriods.Open;

    /// <param name="effectiveDay">The first day of the contract.</param>
    /// <param name="duration">How long it lasts.</param>
    /// <param name="notices">The notices, the latest last.</param>
    /// <param name="supersededOn">The first day of another contract in its place; null when there is none.</param>
    public static ContractEnd Of(DateOnly effectiveDay, ContractDuration duration, IReadOnlyList<TerminationNotice> notices, DateOnly? supersededOn)
    {
        var last = ContractPeriods.Of(effectiveDay, duration).LastDay;
        var end = new ContractEnd(last, last, last, TitleEnd.Agreed);
        if (notices.Count > 0 && DayOf(notices[^1].LastDay) is var noticed && noticed < last)
            end = new ContractEnd(noticed, Later(noticed, DayOf(notices[^1].TransitionEndDay)), noticed, TitleEnd.Terminated);

        // A successor that takes effect after the contract has ended by itself leaves its end as it was.
        if (supersededOn?.AddDays(-1) is { } before && before < end.TransitionEnd)
            return new ContractEnd(before < end.LastDay ? before : end.LastDay, before, before, TitleEnd.Superseded);

        return end with
        {
            RunOffEnd = end.IsOpen || duration.RunOffMonths == 0 ? end.TransitionEnd : end.TransitionEnd.AddDays(1).AddMonths(duration.RunOffMonths).AddDays(-1),
        };
    }

    private static DateOnly DayOf(string day) => DayField.Read("day", day, [])!.Value;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
