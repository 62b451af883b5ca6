using Delegation.Access.V1;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Audits;

/// <summary>Why a command on a mission is refused in the state of things.</summary>
internal static class AuditRefusals
{
    public static readonly Outcome<AuditMissionRow> NotFound = new Outcome<AuditMissionRow>.NotFound(
        "AUDIT_MISSION_NOT_FOUND", new("The delegation has no audit mission with this id.", "La délégation n'a pas de mission d'audit portant cet identifiant."));

    public static readonly Outcome<AuditMissionRow> NotOfYourSide = new Outcome<AuditMissionRow>.Refused(
        "AUDIT_NOT_OF_YOUR_SIDE",
        new("The delegate records missions of the ACPR and of the CNIL about itself; the insurer orders and records all others.",
            "Le délégataire enregistre les contrôles de l'ACPR et de la CNIL qui le visent ; l'assureur ordonne ou enregistre tous les autres."));

    public static readonly Outcome<AuditMissionRow> NotPlanned = new Outcome<AuditMissionRow>.Refused(
        "AUDIT_NOT_PLANNED", new("The mission was notified already, or is over.", "La mission a déjà été notifiée, ou elle est terminée."));

    public static Outcome<T> NotOpen<T>() => new Outcome<T>.Refused(
        "AUDIT_NOT_OPEN", new("The mission is not open.", "La mission n'est pas ouverte."));

    public static readonly Outcome<AuditMissionRow> Opened = new Outcome<AuditMissionRow>.Refused(
        "AUDIT_OPENED", new("The mission has opened, or is over: it can only be closed.", "La mission a été ouverte, ou elle est terminée : elle ne peut plus qu'être close."));

    public static readonly Outcome<AuditMissionRow> WindowPassed = new Outcome<AuditMissionRow>.Refused(
        "AUDIT_WINDOW_PASSED", new("The last day of the mission is over.", "Le dernier jour de la mission est passé."));

    public static Outcome<AuditMissionRow> NoticeTooShort(DateOnly earliest) => new Outcome<AuditMissionRow>.Refused(
        "AUDIT_NOTICE_TOO_SHORT",
        new($"The notice is not over on the first day of the mission; told today, it can open on {earliest:yyyy-MM-dd} at the earliest.",
            $"Le préavis n'est pas écoulé au premier jour de la mission ; notifiée aujourd'hui, elle peut ouvrir le {earliest:dd/MM/yyyy} au plus tôt."));

    /// <summary>Refused when the other side recorded the mission, else null.</summary>
    public static Outcome<AuditMissionRow>? OfTheOtherSide(AuditMissionRow mission, Side side) => mission.Recorder == side ? null : new Outcome<AuditMissionRow>.Refused(
        "AUDIT_OF_THE_OTHER_SIDE", new("The other side recorded this mission.", "C'est l'autre partie qui a enregistré cette mission."));
}
