using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Reversibility;

/// <summary>Why a command on an exit is refused in the state of things.</summary>
internal static class ExitRefusals
{
    public static readonly Outcome<ExitRow> NotFound = new Outcome<ExitRow>.NotFound(
        "EXIT_NOT_FOUND", new("The delegation has no exit with this id.", "La délégation n'a pas de sortie portant cet identifiant."));

    public static readonly Outcome<ExitRow> Open = new Outcome<ExitRow>.Conflict(
        "EXIT_OPEN", new("The end of this delegation was triggered already.", "La fin de cette délégation est déjà déclenchée."));

    public static readonly Outcome<ExitRow> NoTitle = Refused<ExitRow>(
        "NO_TITLE_TO_END", "Neither a contract nor a letter of engagement is in force.", "Ni contrat ni lettre d'engagement n'est en vigueur.");

    public static readonly Outcome<Exit> NotOpen = Refused<Exit>("EXIT_NOT_OPEN", "This exit is over or was called off.", "Cette sortie est terminée ou abandonnée.");

    public static readonly Outcome<Exit> TaskDone = Refused<Exit>("TASK_DONE", "This task is done already.", "Cette tâche est déjà faite.");

    public static readonly Outcome<Exit> TaskOfOther = Refused<Exit>("TASK_OF_OTHER_SIDE", "This task is the other side's.", "Cette tâche revient à l'autre partie.");

    public static readonly Outcome<Exit> TooLateForFlows = Refused<Exit>(
        "TOO_LATE_FOR_FLOWS", "From the run-off on, flows stay where they are.", "À partir du run-off, les flux ne changent plus.");

    public static readonly Outcome<Exit> WrongPhaseForLot = Refused<Exit>(
        "WRONG_PHASE_FOR_LOT", "Lots are handed over in dry runs, and finally from the take-back on.", "Les lots se remettent pendant les extractions à blanc, puis à partir de la reprise définitive.");

    public static readonly Outcome<Exit> LotAccepted = Refused<Exit>("LOT_ACCEPTED", "The insurer accepted this lot.", "L'assureur a réceptionné ce lot.");

    public static readonly Outcome<Exit> LotNotCounted = Refused<Exit>(
        "LOT_NOT_COUNTED", "The insurer has not counted the last handing-over yet.", "L'assureur n'a pas encore contrôlé la dernière remise.");

    public static readonly Outcome<Exit> LotNotHandedOver = Refused<Exit>(
        "LOT_NOT_HANDED_OVER", "There is no handing-over of this lot that waits to be counted.", "Aucune remise de ce lot n'attend d'être contrôlée.");

    public static readonly Outcome<Exit> ReservationsRequired = Refused<Exit>(
        "RESERVATIONS_REQUIRED", "The totals differ: say what is accepted all the same.", "Les totaux diffèrent : indiquez les réserves.");

    public static readonly Outcome<Exit> AlreadyPassed = Refused<Exit>(
        "ALREADY_PASSED", "Your side agreed already; the other side is awaited.", "Votre partie a déjà accepté ; l'autre partie est attendue.");

    public static readonly Outcome<Exit> LastPhase = Refused<Exit>(
        "LAST_PHASE", "The last phase ends with the certificate of destruction.", "La dernière phase s'achève avec le certificat de destruction.");

    public static readonly Outcome<Exit> AlreadyCalledOff = Refused<Exit>(
        "ALREADY_CALLED_OFF", "Your side asked for it already; the other side is awaited.", "Votre partie l'a déjà demandé ; l'autre partie est attendue.");

    public static readonly Outcome<Exit> RecordAccepted = Refused<Exit>(
        "RECORD_ACCEPTED", "The insurer accepted the archive: the exit goes on to its end.", "L'assureur a réceptionné l'archive : la sortie va à son terme.");

    public static readonly LocalizedText NotFrozen = new(
        "The record is exported once it is frozen, in the phase of closure.", "Le dossier s'exporte une fois gelé, en phase de clôture.");

    public static readonly Outcome<Exit> RecordNotFrozen = new Outcome<Exit>.Refused("RECORD_NOT_FROZEN", NotFrozen);

    public static readonly Outcome<Exit> ArchiveUnknown = Refused<Exit>(
        "ARCHIVE_UNKNOWN", "No archive with this manifest was given to your side.", "Aucune archive portant ce manifeste n'a été remise à votre partie.");

    public static readonly Outcome<Exit> RecordNotAccepted = Refused<Exit>(
        "RECORD_NOT_ACCEPTED", "Copies are destroyed once the insurer accepted the archive.", "Les copies se détruisent une fois l'archive réceptionnée par l'assureur.");

    public static readonly Outcome<Exit> DestructionOrdered = Refused<Exit>("DESTRUCTION_ORDERED", "Destruction was ordered already.", "La destruction est déjà ordonnée.");

    public static readonly Outcome<byte[]> NotDestroyed = Refused<byte[]>(
        "NOT_DESTROYED", "The delegate's copies are not destroyed yet.", "Les copies du délégataire ne sont pas encore détruites.");

    public static Outcome<Exit> NotMet(IEnumerable<ExitCriterion> unmet) => new Outcome<Exit>.Refused(
        "CRITERIA_NOT_MET",
        new("What must hold to leave this phase does not hold yet.", "Les conditions pour quitter cette phase ne sont pas réunies."),
        [.. unmet.Select(criterion => new UnmetCondition(criterion.Code, "phase", new(criterion.FoundEn, criterion.FoundFr)))]);

    private static Outcome<T> Refused<T>(string reason, string english, string french) => new Outcome<T>.Refused(reason, new(english, french));
}
