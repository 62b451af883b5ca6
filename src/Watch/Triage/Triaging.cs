using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.Watch.Items;
using Move = Delegation.Watch.V1.TriageItemRequest.Types.Move;
using State = Delegation.Watch.V1.TrackedItem.Types.State;

namespace Delegation.Watch.Triage;

/// <summary>Decides how one person sorts an item out.</summary>
internal static class Triaging
{
    private static readonly FieldViolation ReasonRequired = new(
        "reason", "REASON_REQUIRED", new("Why is missing.", "Le motif n'est pas renseigné."), new("Say why in a few words.", "Dites pourquoi en quelques mots."));

    /// <summary>Where a move needs words.</summary>
    public static FieldViolation? NeedsAReason(Move move, string reason) => move is Move.Dismiss or Move.Reopen && reason.Trim().Length == 0 ? ReasonRequired : null;

    public static Outcome<TrackedItemRow> Decide(TrackedItemRow item, Move move, string reason, Guid personId, DateTime now)
    {
        var next = (move, item.In) switch
        {
            (Move.Keep, State.New) => State.Kept,
            (Move.Dismiss, State.New or State.Kept) => State.Dismissed,
            (Move.Reopen, State.Dismissed or State.Decided) => State.Kept,
            _ => State.Unspecified,
        };

        return next == State.Unspecified
            ? Refused<TrackedItemRow>()
            : new Outcome<TrackedItemRow>.Accepted((item with
            {
                State = next.Stored(), TriagePersonId = personId, TriageTime = now, TriageReason = reason, Decision = null,
            }).Changed(now));
    }

    /// <summary>The item is not where this move begins.</summary>
    public static Outcome<T> Refused<T>() => new Outcome<T>.Refused(
        "ITEM_MOVE_REFUSED", new("This cannot be done with the item in its state.", "Cela n'est pas possible dans l'état du sujet."));
}
