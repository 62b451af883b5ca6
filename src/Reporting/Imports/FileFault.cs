using Delegation.ServiceDefaults.Errors;

namespace Delegation.Reporting.Imports;

/// <summary>What is wrong with a file as a whole, so that none of its lines can be taken, and how to put it right.</summary>
internal static class FileFault
{
    private const string File = "file";

    private static readonly LocalizedText SendWhole = new(
        "Send the whole file again; nothing of it was kept.", "Envoyez de nouveau le fichier entier ; rien n'en a été conservé.");

    private static readonly LocalizedText CorrectHeader = new(
        "Correct the first line of the file, or the mapping of its format.", "Corrigez la première ligne du fichier, ou la correspondance de son format.");

    public static FieldViolation TypeRequired { get; } = new(
        "file.content_type", "FILE_TYPE_REQUIRED", new("What the file is is not said.", "Le type du fichier n'est pas indiqué."),
        new("Give text/csv, or application/gzip for a compressed file.", "Indiquez text/csv, ou application/gzip pour un fichier compressé."));

    public static FieldViolation TypeDiffers { get; } = new(
        "file.content_type", "FILE_TYPE_DIFFERS",
        new("The type of the file is not the one that the name of the announced file ends in.", "Le type du fichier n'est pas celui qu'indique la fin du nom du fichier annoncé."),
        new("Give text/csv for a name in .csv, and application/gzip for one in .csv.gz.", "Indiquez text/csv pour un nom en .csv, et application/gzip pour un nom en .csv.gz."));

    public static FieldViolation EndingDiffers { get; } = new(
        "file_name", "FILE_NAME_ENDING_DIFFERS", new("The name does not end in .csv or .csv.gz.", "Le nom ne se termine ni par .csv ni par .csv.gz."),
        new("Export the file as CSV, compressed with gzip if you like.", "Exportez le fichier en CSV, compressé par gzip si vous le souhaitez."));

    public static FieldViolation Empty { get; } = new(
        File, "FILE_EMPTY", new("The file is empty.", "Le fichier est vide."), new("Choose a file that has content.", "Choisissez un fichier qui a un contenu."));

    public static FieldViolation HashDiffers { get; } = new(
        File, "SHA256_DIFFERS", new("The bytes that arrived do not have the SHA-256 that was announced.", "Les octets arrivés n'ont pas l'empreinte SHA-256 annoncée."), SendWhole);

    public static FieldViolation NoText { get; } = new(
        File, "FILE_TYPE_DIFFERS", new("The content is no text in UTF-8 or Windows-1252.", "Le contenu n'est pas un texte en UTF-8 ou Windows-1252."),
        new("Export it as CSV; a workbook or a text in UTF-16 is none.", "Exportez-le en CSV ; un classeur ou un texte en UTF-16 n'en est pas un."));

    public static FieldViolation Damaged { get; } = new(
        File, "FILE_DAMAGED", new("This is not a gzip file, or a damaged one.", "Ceci n'est pas un fichier gzip, ou il est endommagé."), SendWhole);

    public static FieldViolation Truncated { get; } = new(
        File, "FILE_TRUNCATED", new("The end of this gzip file is missing, or it is several in one.", "La fin de ce fichier gzip manque, ou il en contient plusieurs."), SendWhole);

    public static FieldViolation CompressedTooMuch(int ratio) => new(
        File, "FILE_COMPRESSED_TOO_MUCH", new($"The file becomes more than {ratio} times as large when it is unpacked.", $"Le fichier devient plus de {ratio} fois plus grand une fois décompressé."),
        new("Send it uncompressed.", "Envoyez-le sans compression."));

    public static FieldViolation UnpackedTooLarge(long most) => new(
        File, "FILE_TOO_LARGE", new($"Unpacked, the file has more than {most} bytes.", $"Décompressé, le fichier dépasse {most} octets."),
        new("Split it by period.", "Divisez-le par période."));

    public static FieldViolation LinesMissing { get; } = new(
        File, "LINES_MISSING", new("The file has a header and no line.", "Le fichier a un en-tête et aucune ligne."),
        new("Export it again. Where nothing moved in the period there is nothing to import.", "Exportez-le de nouveau. Si rien n'a bougé sur la période, il n'y a rien à importer."));

    public static FieldViolation HeaderMissing { get; } = new(
        File, "HEADER_MISSING", new("The first line names no columns.", "La première ligne ne nomme aucune colonne."), CorrectHeader);

    public static FieldViolation HeaderTwice(string header) => new(
        File, "HEADER_TWICE", new($"The column \"{header}\" is there twice.", $"La colonne « {header} » figure deux fois."), CorrectHeader);

    public static FieldViolation ColumnMissing(string field, string headers) => new(
        File, "COLUMN_MISSING", new($"The column of the field `{field}` is missing; it is named {headers}.", $"La colonne du champ « {field} » manque ; elle est nommée {headers}."), CorrectHeader);

    public static FieldViolation ColumnsTooMany(int most) => new(
        File, "COLUMNS_TOO_MANY", new($"The file has more than {most} columns.", $"Le fichier a plus de {most} colonnes."),
        new("Export only those that the mapping names.", "N'exportez que celles que nomme la correspondance."));

    public static FieldViolation ColumnPersonal(string header, PersonalKind kind) => new(
        File, "COLUMN_PERSONAL",
        new($"The column \"{header}\" looks as if it had {kind.Text().English}.", $"La colonne « {header} » semble contenir {kind.Text().French}."),
        new("Export the file without it; nothing was kept. If these are references of your own, put a letter in front of them.",
            "Exportez le fichier sans elle ; rien n'a été conservé. S'il s'agit de vos propres références, faites-les précéder d'une lettre."));

    public static FieldViolation Malformed(long line) => new(
        File, "CSV_MALFORMED",
        new($"The record on line {line} is too long, or a quote that opens on it is never closed.", $"L'enregistrement de la ligne {line} est trop long, ou un guillemet ouvert n'y est jamais fermé."),
        new("Correct the quotes there, and export again.", "Corrigez-y les guillemets, puis exportez de nouveau."));
}
