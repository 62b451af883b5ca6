using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Watch.V1.WatchAction.Types.State;

namespace Delegation.Watch.Actions;

/// <summary>Decides how an action moves on: its side does it, and whoever opened it may give it up.</summary>
internal static class ActionMoves
{
    private static readonly FieldViolation NoteRequired = new(
        "note", "NOTE_REQUIRED", new("Why is missing.", "Le motif n'est pas renseigné."), new("Say why in a few words.", "Dites pourquoi en quelques mots."));

    /// <summary>Where a move needs words.</summary>
    public static FieldViolation? NeedsANote(State state, string note) => state is State.Open or State.Dropped && note.Trim().Length == 0 ? NoteRequired : null;

    public static Outcome<WatchActionRow> Decide(WatchActionRow action, State next, string note, Side side, DateTime now)
    {
        var allowed = (next, action.In) switch
        {
            (State.Done, State.Open) => side == action.Doer,
            (State.Dropped, State.Open) => side.Code() == action.OpenedBy,
            (State.Open, State.Done or State.Dropped) => true,
            _ => false,
        };

        return allowed
            ? new Outcome<WatchActionRow>.Accepted(action with { State = next.Stored(), Note = note, UpdateTime = now, Revision = action.Revision + 1 })
            : new Outcome<WatchActionRow>.Refused(
                "ACTION_MOVE_REFUSED",
                new("This is not for your side to do, or not in this state of the action.", "Cela ne revient pas à votre partie, ou pas dans cet état de l'action."));
    }
}
