using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Negotiation;

/// <summary>What can be wrong with a clause in a request, and what to do about it.</summary>
internal static class ClauseViolations
{
    public static readonly FieldViolation Required = new(
        "clauses",
        "CLAUSES_REQUIRED",
        new("The contract has no clause.", "Le contrat ne comporte aucune clause."),
        new("Give the clauses, as those of the library.", "Indiquez les clauses, par exemple celles de la bibliothèque."));

    public static readonly FieldViolation OneRequired = new(
        "clause",
        "CLAUSE_REQUIRED",
        new("The clause is missing.", "La clause n'est pas renseignée."),
        new("Give code, title and wording.", "Indiquez le code, l'intitulé et la rédaction."));

    public static readonly FieldViolation Unchanged = new(
        "wording",
        "WORDING_UNCHANGED",
        new("The clause says this already.", "La clause le dit déjà."),
        new("Give another title or wording.", "Indiquez un autre intitulé ou une autre rédaction."));

    public static readonly FieldViolation AfterUnknown = new(
        "after_clause_id",
        "AFTER_CLAUSE_ID_UNKNOWN",
        new("The contract has no clause with this id.", "Le contrat n'a pas de clause portant cet identifiant."),
        new("Choose one from the list of its clauses, or none.", "Choisissez-en une dans la liste de ses clauses, ou aucune."));

    public static FieldViolation TooMany(int count, int most) => new(
        "clauses",
        "CLAUSES_TOO_MANY",
        new($"The contract has {count} clauses; at most {most} are kept.", $"Le contrat comporte {count} clauses ; {most} au plus sont conservées."),
        new("Put together what belongs together.", "Réunissez ce qui va ensemble."));

    public static FieldViolation SortUnknown(string field) => new(
        field,
        "SORT_UNKNOWN",
        new("This is neither a clause nor an annex.", "Ce n'est ni une clause ni une annexe."),
        new("Choose SORT_CLAUSE or SORT_ANNEX.", "Choisissez SORT_CLAUSE (clause) ou SORT_ANNEX (annexe)."));

    public static FieldViolation VersionNegative(string field) => new(
        field,
        "LIBRARY_VERSION_NEGATIVE",
        new("A version of the library is not negative.", "Une version de la bibliothèque n'est pas négative."),
        new("Give the version that the library answered, or 0.", "Indiquez la version répondue par la bibliothèque, ou 0."));

    public static FieldViolation CodeRequired(string field) => new(field, "CODE_REQUIRED", new("The code is missing.", "Le code n'est pas renseigné."), GiveACode);

    public static FieldViolation CodeMalformed(string field) => new(
        field, "CODE_MALFORMED", new("This is no code of a clause.", "Ceci n'est pas un code de clause."), GiveACode);

    public static FieldViolation CodeRepeated(string field, string code) => new(
        field,
        "CODE_REPEATED",
        new($"The contract has a clause {code} already.", $"Le contrat comporte déjà une clause {code}."),
        new("Change that clause, or give this one a code of its own.", "Modifiez cette clause, ou donnez à celle-ci un code qui lui est propre."));

    public static FieldViolation WordingRequired(string field) => new(
        field,
        "WORDING_REQUIRED",
        new("The wording is missing.", "La rédaction n'est pas renseignée."),
        new("Write what the clause says.", "Écrivez ce que dit la clause."));

    public static FieldViolation RequirementMalformed(string field) => new(
        field,
        "REQUIREMENT_IDS_MALFORMED",
        new("This is no id of a requirement.", "Ceci n'est pas un identifiant d'exigence."),
        new("Use an id of the list of requirements, as DORA-30-2-A.", "Utilisez un identifiant de la liste des exigences, par exemple DORA-30-2-A."));

    private static LocalizedText GiveACode => new(
        "Write capital letters, digits and single hyphens or underscores, as in AUD-1; 60 characters at most.",
        "Écrivez des majuscules, des chiffres et des traits isolés, par exemple AUD-1 ; 60 caractères au plus.");
}
