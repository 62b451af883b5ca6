using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Kind = Delegation.Contracts.V1.DueAnnex.Types.Kind;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>What can be wrong with what people write into a letter, and what to do about it.</summary>
internal static class LetterViolations
{
    public static readonly FieldViolation ScopeVersionUnknown = new(
        "scope_version_id",
        "SCOPE_VERSION_UNKNOWN",
        new("The delegation's scope has no version with this id.", "Le périmètre de la délégation n'a pas de version portant cet identifiant."),
        new("Give the `id` of a version of this delegation's scope.", "Indiquez l'`id` d'une version du périmètre de cette délégation."));

    public static readonly FieldViolation CurrencyNotEuro = new(
        "fee_cap.currency", "CURRENCY_NOT_EURO", new("The cap is in euros.", "Le plafond est en euros."), new("Give EUR.", "Indiquez EUR."));

    public static readonly FieldViolation FeeCapNotPositive = new(
        "fee_cap.minor_units",
        "FEE_CAP_NOT_POSITIVE",
        new("The cap is more than zero.", "Le plafond est supérieur à zéro."),
        new("Give the most that is due, in cents.", "Indiquez le montant maximal dû, en centimes."));

    public static readonly FieldViolation EndBeforeEffective = new(
        "end_day",
        "END_DAY_BEFORE_EFFECTIVE_DAY",
        new("The letter would end before it takes effect.", "La lettre prendrait fin avant son effet."),
        new("Let it end on its effective day or later.", "Faites-la prendre fin à sa date d'effet ou après."));

    public static FieldViolation TooLong(int days) => new(
        "end_day",
        "LETTER_TOO_LONG",
        new($"A letter lasts {days} days at most: it precedes the contract.", $"Une lettre dure {days} jours au plus : elle précède le contrat."),
        new("Choose an earlier end day; another letter may follow.", "Choisissez une date de fin plus proche ; une autre lettre peut suivre."));

    public static FieldViolation Topic(string field, MinimumTermTopic topic) => topic == MinimumTermTopic.Unspecified
        ? new(field, "TOPIC_REQUIRED", new("The topic of the term is missing.", "L'objet de la clause n'est pas renseigné."), UseTheList)
        : new(field, "TOPIC_UNKNOWN", new("This topic is not known.", "Cet objet de clause n'est pas connu."), UseTheList);

    public static FieldViolation TopicRepeated(string field) => new(
        field, "TOPIC_REPEATED", new("The request has this term twice.", "La requête comporte deux fois cette clause."), new("Give it once.", "Indiquez-la une seule fois."));

    public static FieldViolation TermTextRequired(string field) => new(
        field, "TERM_TEXT_REQUIRED", new("The term has no text.", "La clause n'a pas de texte."), new("Word it.", "Rédigez-la."));

    public static FieldViolation TooManyAnnexes(int count, int most) => new(
        "due_annexes",
        "ANNEXES_TOO_MANY",
        new($"The letter lists {count} annexes; at most {most} are kept.", $"La lettre comporte {count} annexes ; {most} au plus sont conservées."),
        new("Name the others in one of these.", "Mentionnez les autres dans l'une de celles-ci."));

    public static FieldViolation AnnexKind(string field, Kind kind) => kind == Kind.Unspecified
        ? new(field, "ANNEX_KIND_REQUIRED", new("The kind of annex is missing.", "Le type d'annexe n'est pas renseigné."), ChooseAKind)
        : new(field, "ANNEX_KIND_UNKNOWN", new("This kind of annex is not known.", "Ce type d'annexe n'est pas connu."), ChooseAKind);

    public static FieldViolation AnnexRepeated(string field) => new(
        field, "ANNEX_REPEATED", new("This annex is listed twice.", "Cette annexe figure deux fois."), new("List it once.", "Indiquez-la une seule fois."));

    public static FieldViolation AnnexTitle(string field, string what) => what == "REQUIRED"
        ? new(field, "ANNEX_TITLE_REQUIRED", new("Another annex has a title.", "Une autre annexe porte un titre."), new("Give its title.", "Indiquez son titre."))
        : new(field, "ANNEX_TITLE_UNWANTED", new("This annex has its usual name.", "Cette annexe porte son nom usuel."), new("Leave the title out.", "Retirez le titre."));

    public static FieldViolation DueAfterEnd(string field) => new(
        field,
        "DUE_DAY_AFTER_END",
        new("The annex would be due after the letter has ended.", "L'annexe serait due après la fin de la lettre."),
        new("Choose a day up to the end day.", "Choisissez un jour au plus tard à la date de fin."));

    private static LocalizedText UseTheList => new("Use a topic of the list of minimum terms.", "Utilisez un objet de la liste des clauses minimales.");

    private static LocalizedText ChooseAKind => new(
        "Choose one of the four of the trade, or OTHER.", "Choisissez l'une des quatre annexes d'usage, ou OTHER (autre).");
}
