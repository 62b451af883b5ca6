using Delegation.Access.V1;
using Delegation.Contracts.ControlPlans;
using Delegation.ServiceDefaults.Outcomes;
using ControlState = Delegation.Contracts.V1.Control.Types.State;

namespace Delegation.Contracts.Audits.FollowUp;

/// <summary>Why a command on a request or a finding is refused in the state of things.</summary>
internal static class FollowUpRefusals
{
    public static readonly Outcome<EvidenceRow> RequestNotFound = new Outcome<EvidenceRow>.NotFound(
        "EVIDENCE_REQUEST_NOT_FOUND", new("The delegation has no evidence request with this id.", "La délégation n'a pas de demande de preuve portant cet identifiant."));

    public static readonly Outcome<EvidenceRow> FileNotFound = new Outcome<EvidenceRow>.NotFound(
        "EVIDENCE_FILE_NOT_FOUND", new("The answer has no file with this id.", "La réponse n'a pas de fichier portant cet identifiant."));

    public static readonly Outcome<FindingRow> FindingNotFound = new Outcome<FindingRow>.NotFound(
        "FINDING_NOT_FOUND", new("The delegation has no finding with this id.", "La délégation n'a pas de constat portant cet identifiant."));

    public static readonly Outcome<EvidenceRow> RequestAccepted = new Outcome<EvidenceRow>.Refused(
        "EVIDENCE_ACCEPTED", new("The answer was accepted already.", "La réponse a déjà été acceptée."));

    public static readonly Outcome<EvidenceRow> NotAnswered = new Outcome<EvidenceRow>.Refused(
        "EVIDENCE_NOT_ANSWERED", new("The request has no answer, or one that was accepted.", "La demande n'a pas de réponse, ou sa réponse est acceptée."));

    public static readonly Outcome<EvidenceRow> TooManyFiles = new Outcome<EvidenceRow>.Refused(
        "EVIDENCE_FILES_TOO_MANY", new("An answer has 50 files at most.", "Une réponse compte 50 fichiers au plus."));

    public static readonly Outcome<FindingRow> Done = new Outcome<FindingRow>.Refused(
        "FINDING_DONE", new("The plan is done already, or the finding is closed.", "Le plan est déjà réalisé, ou le constat est clos."));

    public static readonly Outcome<FindingRow> WithoutPlan = new Outcome<FindingRow>.Refused(
        "FINDING_WITHOUT_PLAN", new("The finding has no plan that is under way.", "Le constat n'a pas de plan en cours."));

    public static readonly Outcome<FindingRow> NotDone = new Outcome<FindingRow>.Refused(
        "FINDING_NOT_DONE", new("The audited party has not said that its plan is done, or the finding is closed.", "La partie auditée n'a pas déclaré son plan réalisé, ou le constat est clos."));

    /// <summary>Refused when the other side is audited, else null.</summary>
    public static Outcome<EvidenceRow>? NotAsked(EvidenceRow request, Side side) => request.Audited == side ? null : new Outcome<EvidenceRow>.Refused(
        "EVIDENCE_OF_THE_OTHER_SIDE", new("The other side is audited, and answers.", "C'est l'autre partie qui est auditée, et qui répond."));

    /// <summary>Refused when the other side asked, else null.</summary>
    public static Outcome<EvidenceRow>? NotAsking(EvidenceRow request, Side side) => request.Recorder == side ? null : new Outcome<EvidenceRow>.Refused(
        "AUDIT_OF_THE_OTHER_SIDE", new("The other side recorded this mission.", "C'est l'autre partie qui a enregistré cette mission."));

    /// <summary>Refused when the other side is audited, else null.</summary>
    public static Outcome<FindingRow>? NotAudited(FindingRow finding, Side side) => finding.Audited == side ? null : new Outcome<FindingRow>.Refused(
        "FINDING_OF_THE_OTHER_SIDE", new("The other side is audited, and corrects.", "C'est l'autre partie qui est auditée, et qui corrige."));

    /// <summary>The control, when it was made and is of the caller's side.</summary>
    public static Outcome<ControlRow> NotFinding(ControlRow control, Side side) =>
        side != Side.Insurer ? ControlRefusals.OfTheOtherSide
        : control.State != ControlState.Executed.Stored() ? ControlRefusals.NotExecuted
        : new Outcome<ControlRow>.Accepted(control);

    /// <summary>Refused when the caller's own side is audited, else null.</summary>
    public static Outcome<FindingRow>? OfYourSide(FindingRow finding, Side side) => finding.Other == side ? null : new Outcome<FindingRow>.Refused(
        "FINDING_OF_YOUR_SIDE", new("Your side is audited; the other side validates the closure.", "Votre partie est auditée ; l'autre partie valide la clôture."));
}
