using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Contracts.V1.Letter.Types.State;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>Why a command on a letter is refused in the state of things.</summary>
internal static class LetterRefusals
{
    public static readonly Outcome<LetterRow> NotFound = new Outcome<LetterRow>.NotFound(
        "LETTER_NOT_FOUND", new("The delegation has no letter with this id.", "La délégation n'a pas de lettre portant cet identifiant."));

    public static readonly Outcome<LetterRow> TextDiffers = new Outcome<LetterRow>.Refused(
        "LETTER_TEXT_DIFFERS",
        new("This is not the hash of this letter's text. Read the letter again, and sign what you read.",
            "Ceci n'est pas l'empreinte du texte de cette lettre. Relisez-la et signez ce que vous avez lu."));

    public static readonly Outcome<LetterRow> AlreadySigned = new Outcome<LetterRow>.Refused(
        "LETTER_ALREADY_SIGNED", new("Your side signed this letter already.", "Votre partie a déjà signé cette lettre."));

    public static readonly Outcome<LetterRow> Ended = new Outcome<LetterRow>.Refused(
        "LETTER_ENDED", new("The end day of this letter is over. Draft another one.", "La date de fin de cette lettre est passée. Rédigez-en une autre."));

    public static readonly Outcome<LetterRow> TerminationAwaited = new Outcome<LetterRow>.Refused(
        "LETTER_TERMINATION_AWAITED",
        new("Your side agreed to end it on that day already; the other side is awaited.", "Votre partie a déjà accepté ce dernier jour ; l'autre partie est attendue."));

    public static readonly Outcome<LetterRow> LastDayPassed = new Outcome<LetterRow>.Refused(
        "LAST_DAY_PASSED", new("The last day is over already.", "Le dernier jour est déjà passé."));

    public static readonly Outcome<LetterRow> LastDayNotEarlier = new Outcome<LetterRow>.Refused(
        "LAST_DAY_NOT_EARLIER", new("The letter ends by itself on that day or before.", "La lettre prend fin d'elle-même ce jour-là ou avant."));

    private static readonly Outcome<LetterRow> NotDraft = new Outcome<LetterRow>.Refused(
        "LETTER_NOT_DRAFT",
        new("This letter is no draft any more: its text is frozen. Withdraw it and draft another one.",
            "Cette lettre n'est plus un brouillon : son texte est figé. Retirez-la et rédigez-en une autre."));

    private static readonly Outcome<LetterRow> NotIssued = new Outcome<LetterRow>.Refused(
        "LETTER_NOT_ISSUED", new("This letter does not wait for signatures.", "Cette lettre n'attend pas de signature."));

    private static readonly Outcome<LetterRow> NotInForce = new Outcome<LetterRow>.Refused(
        "LETTER_NOT_IN_FORCE", new("This letter is not in force.", "Cette lettre n'est pas en vigueur."));

    private static readonly Outcome<LetterRow> NotWithdrawable = new Outcome<LetterRow>.Refused(
        "LETTER_NOT_WITHDRAWABLE",
        new("Both sides signed this letter, or it was withdrawn.", "Les deux parties ont signé cette lettre, ou elle a été retirée."));

    /// <summary>What keeps a draft from being changed or issued: another revision, or that it is none any more.</summary>
    public static Outcome<LetterRow>? NotADraft(LetterRow letter, string etag) =>
        Etag.Mismatch<LetterRow>(etag, letter.Id, letter.Revision) ?? (letter.IsIn(State.Draft) ? null : NotDraft);

    public static Outcome<LetterRow>? NotWaitingForSignatures(LetterRow letter) => letter.IsIn(State.Issued, State.PartlySigned) ? null : NotIssued;

    public static Outcome<LetterRow>? NotWithdrawn(LetterRow letter, string etag) => Etag.Mismatch<LetterRow>(etag, letter.Id, letter.Revision)
        ?? (letter.IsIn(State.Draft, State.Issued, State.PartlySigned) ? null : NotWithdrawable);

    public static Outcome<LetterRow>? NotTerminable(LetterRow letter, string etag) =>
        Etag.Mismatch<LetterRow>(etag, letter.Id, letter.Revision) ?? (letter.IsIn(State.InForce) ? null : NotInForce);
}
