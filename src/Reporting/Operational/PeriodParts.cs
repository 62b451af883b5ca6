using Delegation.Contracts.V1;
using Delegation.Reporting.Commitments;

namespace Delegation.Reporting.Operational;

/// <summary>Calendar periods of commitments, and the parts into which versions and neutralised days cut them.</summary>
internal static class PeriodParts
{
    /// <summary>The parts of a period for which a version holds, in their order. They are those of which Contracts asks a measure.</summary>
    public static IReadOnlyList<MeasuredPart> Split(CommitmentHistory commitment, Period period)
    {
        var parts = new List<MeasuredPart>();
        for (var day = period.Start; day <= period.End; day = day.AddDays(1))
        {
            if (commitment.On(day) is not { } version)
                continue;

            var part = new MeasuredPart(version, day, day, commitment.NeutralisedOn(day), version.IsObserved(day));
            if (parts.Count > 0 && parts[^1].End == day.AddDays(-1) && parts[^1] with { Start = day, End = day } == part)
                parts[^1] = parts[^1] with { End = day };
            else
                parts.Add(part);
        }

        return parts;
    }

    /// <summary>The periods of a commitment that end in some days, in their order: those of the version that holds on their last day.</summary>
    public static IReadOnlyList<Period> EndingIn(CommitmentHistory commitment, Period days)
    {
        var periods = new List<Period>();
        for (var day = days.Start; day <= days.End; day = day.AddDays(1))
            if (commitment.On(day) is { } version && FirstDayOf(version.Terms.Period, day) is var first && FirstDayOf(version.Terms.Period, day.AddDays(1)) > first)
                periods.Add(new Period(first, day));

        return periods;
    }

    private static DateOnly FirstDayOf(SettlementPeriod period, DateOnly day) => period switch
    {
        SettlementPeriod.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        SettlementPeriod.Month => new DateOnly(day.Year, day.Month, 1),
        SettlementPeriod.Quarter => new DateOnly(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1),
        SettlementPeriod.HalfYear => new DateOnly(day.Year, (((day.Month - 1) / 6) * 6) + 1, 1),
        _ => new DateOnly(day.Year, 1, 1),
    };
}
