using Delegation.Access.V1;
using Delegation.Contracts.JointVersions;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Contracts.V1.CreditNote.Types.State;

namespace Delegation.Contracts.Finance;

/// <summary>
/// Decides on credit notes that were issued. It is settled when the delegate has acknowledged it, the insurer has accepted it and nobody
/// disputes it; a dispute takes the consents back, since both sides are to look at it again.
/// </summary>
internal static class CreditNoteMoves
{
    public static Outcome<CreditNoteRow> NotFound { get; } = new Outcome<CreditNoteRow>.NotFound(
        "CREDIT_NOTE_NOT_FOUND", new("The delegation has no credit note with this id.", "La délégation n'a pas d'avoir portant cet identifiant."));

    private static Outcome<CreditNoteRow> NotOpen { get; } = new Outcome<CreditNoteRow>.Refused(
        "CREDIT_NOTE_NOT_OPEN", new("This credit note is accepted or withdrawn.", "Cet avoir est accepté ou annulé."));

    private static Outcome<CreditNoteRow> AlreadyAccepted { get; } = new Outcome<CreditNoteRow>.Refused(
        "CREDIT_NOTE_ALREADY_ACCEPTED",
        new("Your side accepted this credit note already; the other side is awaited.", "Votre partie a déjà accepté cet avoir ; l'autre partie est attendue."));

    private static Outcome<CreditNoteRow> AlreadyDisputed { get; } = new Outcome<CreditNoteRow>.Refused(
        "CREDIT_NOTE_DISPUTED", new("This credit note is disputed already.", "Cet avoir est déjà contesté."));

    private static Outcome<CreditNoteRow> OfTheOtherSide { get; } = new Outcome<CreditNoteRow>.Refused(
        "CREDIT_NOTE_OF_THE_OTHER_SIDE",
        new("The other side issued this credit note and alone withdraws it; you may dispute it.", "L'autre partie a établi cet avoir et peut seule l'annuler ; vous pouvez le contester."));

    public static Outcome<CreditNoteRow> Accept(CreditNoteRow note, Caller caller, string etag, DateTimeOffset now)
    {
        if (ConsentEtag.Mismatch<CreditNoteRow>(etag, note.Id, note.ContentRevision, note.Revision) is { } stale)
            return stale;

        if (!note.IsOpen)
            return NotOpen;

        var endsDispute = note.DisputedBy == caller.Side.Code();
        if (note.HasConsentOf(caller.Side) && !endsDispute)
            return AlreadyAccepted;

        var time = now.InMicroseconds();
        var consented = note.WithConsent(caller.Side, caller.PersonId, time) with { Revision = note.Revision + 1 };
        if (endsDispute)
            consented = consented with { State = State.Issued.Stored(), DisputedBy = null, DisputeReason = "", DisputedAmountCents = null };

        return new Outcome<CreditNoteRow>.Accepted(
            consented.DisputedBy is null && consented.HasConsentOf(Side.Insurer) && consented.HasConsentOf(Side.Delegate)
                ? consented with { State = State.Accepted.Stored(), AcceptTime = time }
                : consented);
    }

    public static Outcome<CreditNoteRow> Dispute(CreditNoteRow note, Side side, string etag, string reason, long amountCents)
    {
        if (NotChangeable(note, etag) is { } refusal)
            return refusal;

        if (note.IsIn(State.Disputed))
            return AlreadyDisputed;

        return new Outcome<CreditNoteRow>.Accepted(note.WithConsent(Side.Insurer, null, null).WithConsent(Side.Delegate, null, null) with
        {
            State = State.Disputed.Stored(),
            DisputedBy = side.Code(),
            DisputeReason = reason,
            DisputedAmountCents = amountCents,
            ContentRevision = note.Revision + 1,
            Revision = note.Revision + 1,
        });
    }

    public static Outcome<CreditNoteRow> Withdraw(CreditNoteRow note, Side side, string etag) =>
        NotChangeable(note, etag) ?? (note.IssuedBy != side.Code() ? OfTheOtherSide : new Outcome<CreditNoteRow>.Accepted(note with
        {
            State = State.Withdrawn.Stored(),
            DisputedBy = null,
            Revision = note.Revision + 1,
        }));

    private static Outcome<CreditNoteRow>? NotChangeable(CreditNoteRow note, string etag) =>
        Persistence.Commands.Etag.Mismatch<CreditNoteRow>(etag, note.Id, note.Revision) ?? (note.IsOpen ? null : NotOpen);
}
