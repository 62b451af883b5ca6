using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.ControlPlans;

/// <summary>Why a command on a plan or a control is refused in the state of things.</summary>
internal static class ControlRefusals
{
    public static readonly Outcome<ControlPlanRow> PlanNotFound = new Outcome<ControlPlanRow>.NotFound(
        "CONTROL_PLAN_NOT_FOUND", new("The delegation has no control plan with this id.", "La délégation n'a pas de plan de contrôle portant cet identifiant."));

    public static readonly Outcome<ControlRow> ControlNotFound = new Outcome<ControlRow>.NotFound(
        "CONTROL_NOT_FOUND", new("The delegation has no control with this id.", "La délégation n'a pas de contrôle portant cet identifiant."));

    public static readonly Outcome<ControlRow> FileNotFound = new Outcome<ControlRow>.NotFound(
        "EVIDENCE_FILE_NOT_FOUND", new("The control has no file with this id.", "Le contrôle n'a pas de fichier portant cet identifiant."));

    public static readonly Outcome<ControlPlan> Drafted = new Outcome<ControlPlan>.Conflict(
        "CONTROL_PLAN_DRAFTED", new("The plan of this year has a draft already: change that one.", "Le plan de cette année a déjà un projet : modifiez celui-ci."));

    public static readonly Outcome<ControlPlan> Adopted = new Outcome<ControlPlan>.Refused(
        "CONTROL_PLAN_ADOPTED", new("The version was adopted, and does not change any more: draft the next one.", "La version est adoptée et ne change plus : préparez la suivante."));

    public static readonly Outcome<ControlPlan> YearOver = new Outcome<ControlPlan>.Refused(
        "CONTROL_YEAR_OVER", new("The year of the plan is over.", "L'année du plan est écoulée."));

    public static Outcome<ControlPlan> DayPassed(string code) => new Outcome<ControlPlan>.Refused(
        "CONTROL_DAY_PASSED", new($"The day of the control {code} is over: give a later one.", $"Le jour du contrôle {code} est passé : indiquez-en un ultérieur."));

    public static Outcome<ControlPlan> OwnerGone(string code) => new Outcome<ControlPlan>.Refused(
        "CONTROL_OWNER_GONE",
        new($"The owner of the control {code} is no member any more: name somebody else.", $"Le responsable du contrôle {code} n'est plus membre : désignez quelqu'un d'autre."));

    public static readonly Outcome<Control> OfSomebodyElse = new Outcome<Control>.Refused(
        "CONTROL_OF_SOMEBODY_ELSE",
        new("The control is for its owner to make and record, or for the compliance or the delegation manager of the insurer.",
            "Le contrôle revient à son responsable, ou à la conformité ou au responsable de la délégation de l'assureur."));

    public static readonly Outcome<Control> NotPlanned = new Outcome<Control>.Refused(
        "CONTROL_NOT_PLANNED", new("The control was made already, or was withdrawn.", "Le contrôle a déjà été réalisé, ou il a été retiré."));

    public static readonly Outcome<Control> TooManyFiles = new Outcome<Control>.Refused(
        "CONTROL_FILES_TOO_MANY", new("A control has 50 files at most.", "Un contrôle compte 50 fichiers au plus."));

    public static readonly Outcome<ControlRow> NotExecuted = new Outcome<ControlRow>.Refused(
        "CONTROL_NOT_EXECUTED", new("The control was not made: there is nothing that it found.", "Le contrôle n'a pas été réalisé : il n'a rien constaté."));

    public static readonly Outcome<ControlRow> OfTheOtherSide = new Outcome<ControlRow>.Refused(
        "CONTROL_OF_THE_OTHER_SIDE", new("Controls are the insurer's, and so is what they find.", "Les contrôles sont ceux de l'assureur, et leurs constats aussi."));
}
