using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Scoping.Grid;

/// <summary>What is wrong with the file of a guarantee grid, and how to put it right.</summary>
internal static class GridViolations
{
    private const string File = "file";
    private const int MostShown = 40;

    public static FieldViolation Empty { get; } = new(
        File, "FILE_EMPTY", new("The file is empty.", "Le fichier est vide."), new("Choose the file of the grid.", "Choisissez le fichier de la grille."));

    public static FieldViolation Spreadsheet { get; } = new(
        File, "FILE_IS_SPREADSHEET", new("This is the file of a spreadsheet program and no CSV.", "Ceci est un classeur de tableur et non un fichier CSV."),
        new("Save the sheet as CSV with semicolons.", "Enregistrez la feuille au format CSV (séparateur : point-virgule)."));

    public static FieldViolation NotText { get; } = new(
        File, "FILE_IS_NOT_TEXT", new("This is no text in UTF-8 or Windows-1252.", "Ceci n'est pas un texte en UTF-8 ou en Windows-1252."),
        new("Save the sheet as CSV in UTF-8.", "Enregistrez la feuille au format CSV UTF-8."));

    public static FieldViolation NoLines { get; } = new(
        File, "NO_LINES", new("The file has no line below the names of its columns.", "Le fichier n'a aucune ligne sous les noms de ses colonnes."),
        new("Add a line for each guarantee.", "Ajoutez une ligne par garantie."));

    public static FieldViolation TypeUnknown { get; } = new(
        "file.content_type", "FILE_TYPE_UNKNOWN", new("A grid is sent as CSV.", "Une grille s'envoie au format CSV."), new("Give the type text/csv.", "Indiquez le type text/csv."));

    public static FieldViolation TypeRequired { get; } = TypeUnknown with { Reason = "FILE_TYPE_REQUIRED" };

    public static FieldViolation TooLarge(int most) => new(
        File, "FILE_TOO_LARGE", new($"The file has more than {most} bytes.", $"Le fichier dépasse {most} octets."),
        new("Send the grid alone, without other sheets or empty lines.", "Envoyez la grille seule, sans autre feuille ni lignes vides."));

    public static FieldViolation TooManyLines(int most) => new(
        File, "TOO_MANY_LINES", new($"The grid has more than {most} lines.", $"La grille dépasse {most} lignes."),
        new("Keep the levels that are delegated.", "Ne gardez que les niveaux délégués."));

    public static FieldViolation TooMany(int told) => new(
        File, "TOO_MANY_VIOLATIONS", new($"There is more to correct than the first {told} told here.", $"D'autres corrections sont nécessaires que les {told} premières indiquées ici."),
        new("Correct these, and send the file again.", "Corrigez celles-ci, puis envoyez de nouveau le fichier."));

    public static FieldViolation ColumnMissing(string name) => new(
        Line(1), "COLUMN_MISSING", new($"The column `{name}` is missing.", $"La colonne `{name}` manque."),
        new("Name the columns in the first line.", "Nommez les colonnes dans la première ligne."));

    public static FieldViolation ColumnUnknown(string name) => new(
        Line(1), "COLUMN_UNKNOWN", new($"No column of a grid is called {Shown(name)}.", $"Aucune colonne d'une grille ne s'appelle {Shown(name)}."),
        new($"Remove it or give it one of these names: {string.Join(", ", GridColumns.All.Select(column => column.English))}.",
            $"Supprimez-la ou donnez-lui l'un de ces noms : {string.Join(", ", GridColumns.All.Select(column => column.French))}."));

    public static FieldViolation ColumnTwice(string name) => new(
        Line(1), "COLUMN_TWICE", new($"The column {Shown(name)} is there twice.", $"La colonne {Shown(name)} figure deux fois."), new("Remove one of them.", "Supprimez l'une des deux."));

    public static FieldViolation CellCountDiffers(int line, int cells, int columns) => new(
        Line(line), "CELL_COUNT_DIFFERS", new($"Line {line} has {cells} cells, and there are {columns} columns.", $"La ligne {line} a {cells} cellules pour {columns} colonnes."),
        new("Put a cell with the separator in it between quotation marks; the end of the file may be missing.",
            "Mettez entre guillemets une cellule qui contient le séparateur ; la fin du fichier manque peut-être."));

    public static FieldViolation QuotesDiffer(int line) => new(
        Line(line), "QUOTES_DIFFER", new($"A quotation mark of line {line} has no other one where it belongs.", $"Un guillemet de la ligne {line} n'a pas son pendant."),
        new("Export the grid again; the end of the file may be missing.", "Exportez de nouveau la grille ; la fin du fichier manque peut-être."));

    public static FieldViolation LineTwice(int line, int first, string code, string level) => new(
        Line(line), "LINE_TWICE",
        new($"Line {line} says {Shown(code)} for the level {Shown(level)} again; line {first} has it.", $"La ligne {line} reprend {Shown(code)} au niveau {Shown(level)}, déjà à la ligne {first}."),
        new("Keep one of the two lines, or give one another code.", "Gardez l'une des deux lignes, ou changez le code de l'une."));

    public static FieldViolation Cell(int line, string column, string reason, LocalizedText problem, LocalizedText remedy) => new(
        $"{Line(line)}.{column}", reason,
        new($"Line {line}, column {column}: {problem.English}", $"Ligne {line}, colonne {column} : {problem.French}"), remedy);

    /// <summary>What a cell holds, short and without what would disturb a screen.</summary>
    public static string Shown(string value)
    {
        var visible = new string([.. value.Where(character => !char.IsControl(character))]).Trim();
        return $"« {(visible.Length > MostShown ? visible[..MostShown] + "…" : visible)} »";
    }

    private static string Line(int line) => $"file.lines[{line}]";
}
