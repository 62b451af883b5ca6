using Delegation.Access.V1;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.V1;

namespace Delegation.Contracts.Contracting;

/// <summary>What a side is told of the end of a contract.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="DueDay">Until when there is something to do.</param>
/// <param name="TermEnd">The end that is ahead.</param>
internal sealed record TermWarning(TermWarning.Of Kind, DateOnly DueDay, DateOnly TermEnd)
{
    internal enum Of
    {
        /// <summary>The contract ends: take over, or conclude another one.</summary>
        End,

        /// <summary>It renews itself unless the side gives notice.</summary>
        Renewal,
    }
}

/// <summary>What the days ask for in the life of a contract in force.</summary>
internal static class TermSteps
{
    /// <summary>True once it is the title no more: its last day and the transition after it are over.</summary>
    public static bool IsOver(ContractRow contract, DateOnly today) => today > contract.End().TransitionEnd;

    /// <summary>What a side is told on a day; null for nothing.</summary>
    public static TermWarning? Warning(ContractRow contract, Side side, DateOnly today, int warnDays) =>
        Ahead(contract, side, today) is { } ahead && today >= ahead.DueDay.AddDays(-warnDays) && today <= ahead.DueDay ? ahead : null;

    /// <summary>The next day on which something changes; null for never.</summary>
    public static DateOnly? Next(ContractRow contract, DateOnly today, int warnDays)
    {
        var days = Sides.Both
            .Select(side => Ahead(contract, side, today))
            .OfType<TermWarning>()
            .SelectMany(ahead => new[] { ahead.DueDay.AddDays(-warnDays), ahead.DueDay.AddDays(1) });
        if (contract.End() is { IsOpen: false } end)
            days = days.Append(end.TransitionEnd.AddDays(1));

        return days.Where(day => day > today).Select(day => (DateOnly?)day).Min();
    }

    // Of a contract that renews itself, the first end for which the side can still give notice.
    private static TermWarning? Ahead(ContractRow contract, Side side, DateOnly today)
    {
        if (contract.End() is { IsOpen: false } end)
            return end.LastDay >= today ? new TermWarning(TermWarning.Of.End, end.LastDay, end.LastDay) : null;

        var duration = contract.DurationInForce();
        var first = Notices.Earliest(TerminationGround.NonRenewal, duration, side, today < contract.EffectiveDay ? contract.EffectiveDay : today);
        return ContractPeriods.Of(contract.EffectiveDay, duration).TermEnd(first) is { } termEnd
            ? new TermWarning(TermWarning.Of.Renewal, Notices.LastDayFor(termEnd, duration, side), termEnd)
            : null;
    }
}
