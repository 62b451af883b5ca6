using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>What is wrong with the file of a survey, and how to put it right.</summary>
internal static class SurveyViolations
{
    private const string File = "file";

    public static FieldViolation TypeUnknown { get; } = new(
        "file.content_type", "FILE_TYPE_UNKNOWN", new("A survey is sent as CSV.", "Une enquête s'envoie au format CSV."), new("Give the type text/csv.", "Indiquez le type text/csv."));

    public static FieldViolation Empty { get; } = new(
        File, "FILE_EMPTY", new("The file is empty.", "Le fichier est vide."), new("Choose the file of the survey.", "Choisissez le fichier de l'enquête."));

    public static FieldViolation NotText { get; } = new(
        File, "FILE_IS_NOT_TEXT", new("This is no text in UTF-8.", "Ceci n'est pas un texte en UTF-8."),
        new("Save the sheet as CSV in UTF-8.", "Enregistrez la feuille au format CSV UTF-8."));

    public static FieldViolation NoLines { get; } = new(
        File, "NO_LINES", new("The file has no line below the names of its columns.", "Le fichier n'a aucune ligne sous les noms de ses colonnes."),
        new("Add a line for each result.", "Ajoutez une ligne par résultat."));

    public static FieldViolation TooLarge(int most) => new(
        File, "FILE_TOO_LARGE", new($"The file has more than {most} bytes.", $"Le fichier dépasse {most} octets."),
        new("Send results, not answers of each person.", "Envoyez des résultats, et non les réponses de chacun."));

    public static FieldViolation TooManyLines(int most) => new(
        File, "TOO_MANY_LINES", new($"The file has more than {most} lines.", $"Le fichier dépasse {most} lignes."),
        new("Send results, not answers of each person.", "Envoyez des résultats, et non les réponses de chacun."));

    public static FieldViolation TooMany(int told) => new(
        File, "TOO_MANY_VIOLATIONS", new($"There is more to correct than the first {told} told here.", $"D'autres corrections sont nécessaires que les {told} premières indiquées ici."),
        new("Correct these, and send the file again.", "Corrigez celles-ci, puis envoyez de nouveau le fichier."));

    public static FieldViolation HashDiffers { get; } = new(
        "sha256", "SHA256_DIFFERS", new("The file that came has another SHA-256.", "Le fichier reçu a une autre empreinte SHA-256."),
        new("Send the file again.", "Envoyez de nouveau le fichier."));

    public static FieldViolation ColumnMissing(string name) => new(
        Line(1), "COLUMN_MISSING", new($"The column `{name}` is missing.", $"La colonne `{name}` manque."),
        new("Name the columns in the first line.", "Nommez les colonnes dans la première ligne."));

    public static FieldViolation ColumnUnknown(string name) => new(
        Line(1), "COLUMN_UNKNOWN", new($"No column of a survey is called {Shown(name)}.", $"Aucune colonne d'une enquête ne s'appelle {Shown(name)}."),
        new("Remove it; the description of the call names the columns.", "Supprimez-la ; la description de l'appel nomme les colonnes."));

    public static FieldViolation ColumnTwice(string name) => new(
        Line(1), "COLUMN_TWICE", new($"The column {Shown(name)} is there twice.", $"La colonne {Shown(name)} figure deux fois."), new("Remove one of them.", "Supprimez l'une des deux."));

    public static FieldViolation ColumnPersonal(string name) => new(
        Line(1), "COLUMN_PERSONAL",
        new($"The column {Shown(name)} looks like data of persons.", $"La colonne {Shown(name)} ressemble à des données de personnes."),
        new("Send figures of many persons only.", "N'envoyez que des chiffres portant sur de nombreuses personnes."));

    public static FieldViolation CellCountDiffers(int line, int cells, int columns) => new(
        Line(line), "CELL_COUNT_DIFFERS", new($"Line {line} has {cells} cells, and there are {columns} columns.", $"La ligne {line} a {cells} cellules pour {columns} colonnes."),
        new("Put a cell with the separator in it between quotation marks; the end of the file may be missing.",
            "Mettez entre guillemets une cellule qui contient le séparateur ; la fin du fichier manque peut-être."));

    public static FieldViolation QuotesDiffer(int line) => new(
        Line(line), "QUOTES_DIFFER", new($"A quotation mark of line {line} has no other one where it belongs.", $"Un guillemet de la ligne {line} n'a pas son pendant."),
        new("Export the file again; its end may be missing.", "Exportez de nouveau le fichier ; sa fin manque peut-être."));

    public static FieldViolation LineTwice(int line, int first) => new(
        Line(line), "LINE_TWICE",
        new($"Line {line} has period, theme and question of line {first}.", $"La ligne {line} reprend la période, le thème et la question de la ligne {first}."),
        new("Keep one of the two lines.", "Gardez l'une des deux lignes."));

    public static FieldViolation FigureRequired(int line) => new(
        Line(line), "FIGURE_REQUIRED",
        new($"Line {line} has no figure beside the number of answers.", $"La ligne {line} n'a aucun chiffre hormis le nombre de réponses."),
        new("Give the mean, the net promoter score or how many gave each score.", "Indiquez la moyenne, le NPS ou l'effectif de chaque note."));

    public static FieldViolation Cell(int line, string column, string reason, LocalizedText problem, LocalizedText remedy) => new(
        $"{Line(line)}.{column}", reason,
        new($"Line {line}, column {column}: {problem.English}", $"Ligne {line}, colonne {column} : {problem.French}"), remedy);

    private static string Line(int line) => $"file.lines[{line}]";

    // Short, and without what would disturb a screen.
    private static string Shown(string value)
    {
        var visible = new string([.. value.Where(character => !char.IsControl(character))]).Trim();
        return $"« {(visible.Length > 40 ? visible[..40] + "…" : visible)} »";
    }
}
