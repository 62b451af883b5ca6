using Delegation.Access.V1;
using Delegation.Contracts.Contracting;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.V1;

namespace Delegation.Contracts.Reversibility;

/// <summary>The days of an exit, as the title that ends gives them.</summary>
/// <param name="Effect">Its last day.</param>
/// <param name="Cutover">The day after the transition that follows it.</param>
/// <param name="RunOffEnd">The last day of the survival clause; the day before the cutover where there is none.</param>
/// <param name="IsKnown">Whether a notice, a term or an agreement ends it then; else it is what the notice allows, which is still to be given.</param>
internal sealed record ExitDays(DateOnly Effect, DateOnly Cutover, DateOnly RunOffEnd, bool IsKnown)
{
    /// <summary>Joined to the end of a contract, or to the earliest one that its notice allows the side.</summary>
    public static ExitDays Of(ContractRow contract, ExitGround ground, Side side, DateOnly today)
    {
        var (end, duration) = (contract.End(), contract.DurationInForce());
        var earliest = Notices.Earliest(GroundOf(ground), duration, side, today);
        if (ground == ExitGround.NotRenewed && ContractPeriods.Of(contract.EffectiveDay, duration).TermEnd(earliest) is { } term)
            earliest = term;

        // A term that is further away than the notice is not what this side triggered.
        if (!end.IsOpen && (contract.ReadNotices().Count > 0 || end.How == TitleToOperate.TitleEnd.Superseded || end.LastDay <= earliest))
            return new(end.LastDay, end.TransitionEnd.AddDays(1), end.RunOffEnd, IsKnown: true);

        var transition = today.AddMonths(duration.TransitionMonths).AddDays(-1);
        var cutover = (transition > earliest ? transition : earliest).AddDays(1);
        return new(earliest, cutover, cutover.AddMonths(duration.RunOffMonths).AddDays(-1), IsKnown: false);
    }

    /// <summary>Of a letter of engagement: it ends by itself, and has neither transition nor run-off.</summary>
    public static ExitDays Of(DateOnly lastDay) => new(lastDay, lastDay.AddDays(1), lastDay, IsKnown: true);

    /// <summary>The ground of the notice that the contract asks for.</summary>
    public static TerminationGround GroundOf(ExitGround ground) => ground switch
    {
        ExitGround.NotRenewed => TerminationGround.NonRenewal,
        ExitGround.Convenience or ExitGround.ClientLost or ExitGround.ChangeOfControl => TerminationGround.WithNotice,
        _ => TerminationGround.ForCause,
    };
}
