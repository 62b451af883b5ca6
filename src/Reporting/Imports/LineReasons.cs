using System.Globalization;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Reporting.Imports;

/// <summary>Why lines are rejected, in words, each with what to do.</summary>
internal static class LineReasons
{
    private static readonly Dictionary<string, LocalizedText> Texts = new()
    {
        ["QUOTES_MALFORMED"] = new("Something follows a closing quote: double the quotes within a cell.", "Un texte suit un guillemet fermant : doublez les guillemets à l'intérieur d'une cellule."),
        ["CELLS_MISSING"] = new("The line has fewer cells than the header: add the separators.", "La ligne a moins de cellules que l'en-tête : ajoutez les séparateurs."),
        ["CELLS_TOO_MANY"] = new("The line has more cells than the header: put cells with separators in quotes.", "La ligne a plus de cellules que l'en-tête : mettez entre guillemets les cellules qui contiennent des séparateurs."),
        ["REFERENCE_REQUIRED"] = new("The reference is missing: give your own reference of the operation.", "La référence manque : indiquez votre propre référence de l'opération."),
        ["REFERENCE_TOO_LONG"] = new("The reference has more than 64 characters: shorten it.", "La référence dépasse 64 caractères : raccourcissez-la."),
        ["REFERENCE_INVISIBLE_CHARACTER"] = new("The reference has an invisible character: type it again.", "La référence contient un caractère invisible : saisissez-la de nouveau."),
        ["REFERENCE_PERSONAL"] = new("The reference looks like data of a person: give a reference that tells nothing of people.", "La référence ressemble à une donnée personnelle : indiquez une référence qui ne dit rien des personnes."),
        ["REFERENCE_KNOWN"] = new("The line was told otherwise before: import it in the mode CORRECT, or correct its reference.", "La ligne a déjà été importée avec d'autres valeurs : importez-la en mode CORRECT, ou corrigez sa référence."),
        ["REFERENCE_UNKNOWN"] = new("No line that counts has this reference: import it in the mode COMPLETE, or correct the reference.", "Aucune ligne en vigueur ne porte cette référence : importez-la en mode COMPLETE, ou corrigez la référence."),
        ["CARE_DAY_AFTER_PAYMENT"] = new("It was paid before the day of care.", "Le paiement précède le jour des soins."),
        ["OUT_OF_POCKET_NEGATIVE"] = new("More was paid than the care cost.", "Les remboursements dépassent la dépense."),
        ["OUT_OF_POCKET_DIFFERS"] = new("The out-of-pocket is not expenses less all that was paid; the one of the file is kept.", "Le reste à charge n'est pas la dépense moins les remboursements ; celui du fichier est conservé."),
        ["CLASS_A_REMAINDER"] = new("Something is left to pay for the basket without remainder (100 % Santé).", "Il reste une somme à charge dans le panier sans reste à charge (100 % Santé)."),
        ["PREMIUM_TWICE"] = new("The same premium of this contract and month is there under another reference.", "La même cotisation de ce contrat et de ce mois figure sous une autre référence."),
        ["MONTH_WITHOUT_PREMIUM"] = new("The contract has no premium for the month before this one, and has some before that.", "Le contrat n'a pas de cotisation pour le mois précédent, alors qu'il en a pour des mois antérieurs."),
        ["TREATED_TOO_MANY"] = new("More was treated than rejected.", "Le nombre de rejets traités dépasse celui des rejets."),
        ["REFERENCE_TWICE"] = new("An earlier line of the file has the same reference: keep one of them.", "Une ligne précédente du fichier porte la même référence : n'en conservez qu'une."),
        ["KIND_REQUIRED"] = new("The kind is missing.", "La nature manque."),
        ["KIND_UNKNOWN"] = new("The kind is not known: use a code of the platform, or add yours to the mapping.", "La nature n'est pas connue : utilisez un code de la plateforme, ou ajoutez le vôtre à la correspondance."),
        ["RECEIVE_REQUIRED"] = new("The day of receipt is missing.", "Le jour de réception manque."),
        ["RECEIVE_MALFORMED"] = new("The receipt is no day: write 2026-03-01 or 01/03/2026, with 14:30 behind it if you like.", "La réception n'est pas un jour : écrivez 2026-03-01 ou 01/03/2026, suivi de 14:30 si vous le souhaitez."),
        ["RECEIVE_AFTER_PERIOD"] = new("It was received after the period of the import.", "Elle a été reçue après la période de l'import."),
        ["COMPLETE_MALFORMED"] = new("The day on which the file was complete is no day: write 2026-03-01 or 01/03/2026.", "Le jour du dossier complet n'est pas un jour : écrivez 2026-03-01 ou 01/03/2026."),
        ["COMPLETE_BEFORE_RECEIVE"] = new("The file was complete before it was received.", "Le dossier est complet avant d'être reçu."),
        ["COMPLETE_AFTER_CLOSE"] = new("The file was complete after it was closed.", "Le dossier est complet après sa clôture."),
        ["COMPLETE_AFTER_PERIOD"] = new("The file was complete after the period of the import.", "Le dossier est complet après la période de l'import."),
        ["CLOSE_MALFORMED"] = new("The closing is no day: write 2026-03-01 or 01/03/2026, with 14:30 behind it if you like.", "La clôture n'est pas un jour : écrivez 2026-03-01 ou 01/03/2026, suivi de 14:30 si vous le souhaitez."),
        ["CLOSE_BEFORE_RECEIVE"] = new("It was closed before it was received.", "Elle est close avant d'être reçue."),
        ["CLOSE_BEFORE_PERIOD"] = new("It was closed before the period of the import: import it for its own period.", "Elle est close avant la période de l'import : importez-la pour sa propre période."),
        ["CLOSE_AFTER_PERIOD"] = new("It was closed after the period of the import.", "Elle est close après la période de l'import."),
        ["OUTCOME_REQUIRED"] = new("It is closed and has no outcome.", "Elle est close sans issue."),
        ["OUTCOME_UNKNOWN"] = new("The outcome is not known: use a code of the platform, or add yours to the mapping.", "L'issue n'est pas connue : utilisez un code de la plateforme, ou ajoutez le vôtre à la correspondance."),
        ["OUTCOME_WITHOUT_CLOSE"] = new("It has an outcome and no day of closing.", "Elle a une issue et pas de jour de clôture."),
        ["AUTOMATED_UNKNOWN"] = new("Whether it was automated is not known: write yes or no, or add your code to the mapping.", "L'automatisation n'est pas connue : écrivez oui ou non, ou ajoutez votre code à la correspondance."),
    };

    /// <summary>All reasons.</summary>
    public static IEnumerable<string> All => Texts.Keys;

    // Of any field: what stands behind its name in a reason.
    private static readonly (string Ending, string English, string French)[] OfFields =
    [
        ("_REQUIRED", "The field `{0}` is missing.", "Le champ « {0} » manque."),
        ("_MALFORMED", "The field `{0}` cannot be read: days as 2026-03-01 or 01/03/2026, amounts as 1234,56 or 1234.56.", "Le champ « {0} » est illisible : jours comme 2026-03-01 ou 01/03/2026, montants comme 1234,56 ou 1234.56."),
        ("_UNKNOWN", "The code in `{0}` is not known: use a code of the platform, or add yours to the mapping.", "Le code de « {0} » n'est pas connu : utilisez un code de la plateforme, ou ajoutez le vôtre à la correspondance."),
        ("_TOO_LONG", "The field `{0}` has more than 64 characters: shorten it.", "Le champ « {0} » dépasse 64 caractères : raccourcissez-le."),
        ("_INVISIBLE_CHARACTER", "The field `{0}` has an invisible character: type it again.", "Le champ « {0} » contient un caractère invisible : saisissez-le de nouveau."),
        ("_NEGATIVE", "The field `{0}` is below zero.", "Le champ « {0} » est négatif."),
        ("_OUTSIDE_PERIOD", "The field `{0}` is outside the period of the import.", "Le champ « {0} » est hors de la période de l'import."),
    ];

    /// <summary>The text of a reason; one that an earlier release knew stands for itself.</summary>
    public static string Text(string reason, string language)
    {
        if (Texts.TryGetValue(reason, out var text))
            return text.In(language);

        foreach (var (ending, english, french) in OfFields)
            if (reason.EndsWith(ending, StringComparison.Ordinal))
                return string.Format(CultureInfo.InvariantCulture, new LocalizedText(english, french).In(language), reason[..^ending.Length].ToLowerInvariant());
        return reason;
    }
}
