using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Scope;

/// <summary>What can be wrong with the roles on a line, and what to do about it.</summary>
internal static class RoleViolations
{
    private static readonly LocalizedText OrDecideLater = new(
        "Name one, or mark the line as to be decided.", "Indiquez-en un, ou marquez la ligne comme à décider.");

    public static FieldViolation Party(string field, ScopeParty party) => party == ScopeParty.Unspecified
        ? new(field, "PARTY_REQUIRED", new("The party is missing.", "L'intervenant n'est pas renseigné."), ChooseAParty)
        : new(field, "PARTY_UNKNOWN", new("This party is not known.", "Cet intervenant n'est pas connu."), ChooseAParty);

    public static FieldViolation PartyRepeated(string field) => new(
        field,
        "PARTY_REPEATED",
        new("This party stands twice on the line.", "Cet intervenant figure deux fois sur la ligne."),
        new("Give it all its roles at once.", "Indiquez tous ses rôles en une fois."));

    public static FieldViolation RolesRequired(string field) => new(
        field,
        "RACI_ROLES_REQUIRED",
        new("The party has no role on this line.", "L'intervenant n'a aucun rôle sur cette ligne."),
        new("Give it a role, or leave it out.", "Donnez-lui un rôle, ou retirez-le."));

    public static FieldViolation RoleUnknown(string field) => new(
        field,
        "RACI_ROLE_UNKNOWN",
        new("This role is not known.", "Ce rôle n'est pas connu."),
        new("Choose RACI_ROLE_RESPONSIBLE, RACI_ROLE_ACCOUNTABLE, RACI_ROLE_CONSULTED or RACI_ROLE_INFORMED.",
            "Choisissez RACI_ROLE_RESPONSIBLE (réalise), RACI_ROLE_ACCOUNTABLE (approuve), RACI_ROLE_CONSULTED (consulté) ou RACI_ROLE_INFORMED (informé)."));

    public static FieldViolation RoleRepeated(string field) => new(
        field, "RACI_ROLE_REPEATED", new("The party has this role twice.", "L'intervenant a deux fois ce rôle."), new("Give it once.", "Donnez-le une seule fois."));

    public static FieldViolation NameUnwanted(string field) => new(
        field,
        "PARTY_NAME_UNWANTED",
        new("Insurer and delegate are named by the delegation.", "L'assureur et le délégataire sont désignés par la délégation."),
        new("Leave the name out.", "Retirez le nom."));

    public static FieldViolation SubDelegateAccountable(string field) => new(
        field,
        "SUB_DELEGATE_ACCOUNTABLE",
        new("A sub-delegate is never accountable: the delegate answers for it.", "Un sous-délégataire n'est jamais redevable (A) : le délégataire répond de lui."),
        new("Make the delegate or the insurer accountable.", "Confiez le A au délégataire ou à l'assureur."));

    public static FieldViolation AccountableMissing(string field) => new(
        field, "ACCOUNTABLE_MISSING", new("Nobody is accountable (A) for this line.", "Personne n'est redevable (A) de cette ligne."), OrDecideLater);

    public static FieldViolation AccountableSeveral(string field, int count) => new(
        field,
        "ACCOUNTABLE_SEVERAL",
        new($"{count} parties are accountable (A) for this line; one is.", $"{count} intervenants sont redevables (A) de cette ligne ; il en faut un seul."),
        new("Keep one, and make the others consulted or informed.", "N'en gardez qu'un ; les autres sont consultés ou informés."));

    public static FieldViolation ResponsibleMissing(string field) => new(
        field, "RESPONSIBLE_MISSING", new("Nobody does (R) what this line is about.", "Personne ne réalise (R) l'activité de cette ligne."), OrDecideLater);

    public static FieldViolation InsurerNotAccountable(string field, Activity activity) => new(
        field,
        "INSURER_NOT_ACCOUNTABLE",
        new($"{activity.Code} is a regulated duty: the insurer stays accountable (A) for it.", $"{activity.Code} relève d'une obligation réglementée : l'assureur en reste redevable (A)."),
        new("Make the insurer accountable; the delegate may do it (R).", "Confiez le A à l'assureur ; le délégataire peut réaliser (R)."));

    private static readonly LocalizedText ChooseAParty = new(
        "Choose the insurer, the delegate, a broker, a third-party payment operator or a sub-delegate.",
        "Choisissez l'assureur, le délégataire, un courtier, un opérateur de tiers payant ou un sous-délégataire.");
}
