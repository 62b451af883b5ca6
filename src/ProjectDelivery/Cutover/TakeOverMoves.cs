using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Delivery.V1.TakeOver.Types.State;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>How a take-over goes on, until both sides have accepted it or one has refused it.</summary>
internal static class TakeOverMoves
{
    private static readonly FieldViolation ReasonRequired = new(
        "reason", "REASON_REQUIRED", new("What was loaded differs from what the source states.", "Ce qui est chargé diffère de ce que la source déclare."),
        new("Say why your side accepts the difference.", "Indiquez pourquoi votre partie accepte l'écart."));

    /// <summary>It was loaded, perhaps anew: nobody has accepted that yet.</summary>
    public static Outcome<TakeOverRow> Load(TakeOverRow takeOver, IReadOnlyList<ControlTotal> totals, DateTime now) => IsNotOver<TakeOverRow>(takeOver) ?? Accepted(takeOver with
    {
        State = State.Loaded.Stored(),
        Loaded = ControlTotals.Write(totals),
        InsurerPersonId = null,
        InsurerConsentTime = null,
        InsurerReason = null,
        DelegatePersonId = null,
        DelegateConsentTime = null,
        DelegateReason = null,
        ContentRevision = takeOver.Revision + 1,
    }, now);

    /// <summary>One side accepts; with the second the lot is reconciled.</summary>
    public static Outcome<TakeOverRow> Accept(TakeOverRow takeOver, Caller caller, string reason, DateTime now)
    {
        if (IsNotOver<TakeOverRow>(takeOver) is { } over)
            return over;
        if (takeOver.In == State.Started)
            return new Outcome<TakeOverRow>.Refused("NOTHING_LOADED", new("Nothing was loaded yet.", "Rien n'est encore chargé."));
        if (takeOver.HasConsentOf(caller.Side))
            return new Outcome<TakeOverRow>.Refused(
                "ALREADY_ACCEPTED", new("Your side has accepted it already; the other has not yet.", "Votre partie l'a déjà acceptée ; l'autre pas encore."));
        if (reason.Length == 0 && ControlTotals.Differ(takeOver.Reconcile()))
            return new Outcome<TakeOverRow>.Invalid(ReasonRequired);

        var accepted = caller.Side == Side.Insurer
            ? takeOver with { InsurerPersonId = caller.PersonId, InsurerConsentTime = now, InsurerReason = reason }
            : takeOver with { DelegatePersonId = caller.PersonId, DelegateConsentTime = now, DelegateReason = reason };
        var both = accepted.HasConsentOf(Side.Insurer) && accepted.HasConsentOf(Side.Delegate);
        return Accepted(both ? accepted with { State = State.Accepted.Stored() } : accepted, now);
    }

    /// <summary>One side is enough to have it done anew.</summary>
    public static Outcome<TakeOverRow> Refuse(TakeOverRow takeOver, string reason, DateTime now) =>
        IsNotOver<TakeOverRow>(takeOver) ?? Accepted(takeOver with { State = State.Refused.Stored(), Refusal = reason }, now);

    private static Outcome<T>? IsNotOver<T>(TakeOverRow takeOver) => takeOver.IsOver
        ? new Outcome<T>.Refused("TAKE_OVER_OVER", new("This take-over was accepted or refused.", "Cette reprise a été acceptée ou refusée."))
        : null;

    private static Outcome<TakeOverRow> Accepted(TakeOverRow takeOver, DateTime now) =>
        new Outcome<TakeOverRow>.Accepted(takeOver with { UpdateTime = now, Revision = takeOver.Revision + 1 });
}
