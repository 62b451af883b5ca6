using Delegation.Access.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Watch.V1.AmendmentRequest.Types.State;

namespace Delegation.Watch.Actions;

/// <summary>Decides how an amendment request moves on: one side asks, the other answers, and what was accepted becomes an amendment.</summary>
internal static class AmendmentRequestMoves
{
    private static readonly FieldViolation AnswerRequired = new(
        "answer", "ANSWER_REQUIRED", new("Why is missing.", "Le motif n'est pas renseigné."), new("Say why in a few words.", "Dites pourquoi en quelques mots."));

    /// <summary>Whoever declines says why.</summary>
    public static FieldViolation? NeedsWords(bool accept, string answer) => !accept && answer.Trim().Length == 0 ? AnswerRequired : null;

    public static Outcome<AmendmentRequestRow> Answer(AmendmentRequestRow asked, bool accept, string answer, Side side, DateTime now) =>
        asked.In == State.Requested && side == asked.Answers
            ? Moved(asked with { State = (accept ? State.Accepted : State.Declined).Stored(), Answer = answer }, now)
            : Refused;

    public static Outcome<AmendmentRequestRow> Name(AmendmentRequestRow asked, Guid amendmentId, DateTime now) =>
        asked.In == State.Accepted ? Moved(asked with { State = State.Named.Stored(), AmendmentId = amendmentId }, now) : Refused;

    private static Outcome<AmendmentRequestRow> Refused => new Outcome<AmendmentRequestRow>.Refused(
        "AMENDMENT_MOVE_REFUSED",
        new("This is not for your side to do, or not in this state of the request.", "Cela ne revient pas à votre partie, ou pas dans cet état de la proposition."));

    private static Outcome<AmendmentRequestRow> Moved(AmendmentRequestRow asked, DateTime now) =>
        new Outcome<AmendmentRequestRow>.Accepted(asked with { UpdateTime = now, Revision = asked.Revision + 1 });
}
