using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Move = Delegation.Delivery.V1.MoveAdjustmentRequest.Types.Move;
using State = Delegation.Delivery.V1.Adjustment.Types.State;

namespace Delegation.ProjectDelivery.Hypercare;

/// <summary>Decides how an adjustment moves on: one side makes it, and the other says whether it is right.</summary>
internal static class AdjustmentMoves
{
    private static readonly FieldViolation NoteRequired = new(
        "note", "NOTE_REQUIRED", new("Why is missing.", "Le motif n'est pas renseigné."), new("Say why in a few words.", "Dites pourquoi en quelques mots."));

    /// <summary>Where a move needs words.</summary>
    public static FieldViolation? NeedsANote(Move move, string note) => move is Move.Reopen or Move.Withdraw && note.Trim().Length == 0 ? NoteRequired : null;

    public static Outcome<AdjustmentRow> Decide(AdjustmentRow adjustment, Move move, string note, Side side, DateTime now)
    {
        var next = (move, adjustment.In) switch
        {
            (Move.Apply, State.Open) when side == adjustment.Maker => State.Applied,
            (Move.Confirm, State.Applied) when side == adjustment.Judge => State.Confirmed,
            (Move.Reopen, State.Applied) when side == adjustment.Judge => State.Open,
            (Move.Withdraw, State.Open) when side.Code() == adjustment.OpenedBy => State.Withdrawn,
            _ => State.Unspecified,
        };

        return next == State.Unspecified
            ? new Outcome<AdjustmentRow>.Refused(
                "ADJUSTMENT_MOVE_REFUSED",
                new("This is not for your side to do, or not in this state of the adjustment.", "Cela ne revient pas à votre partie, ou pas dans cet état de l'ajustement."))
            : new Outcome<AdjustmentRow>.Accepted(adjustment with { State = next.Stored(), Note = note, UpdateTime = now, Revision = adjustment.Revision + 1 });
    }
}
