using Delegation.ServiceDefaults.Errors;

namespace Delegation.Persistence.Files;

/// <summary>What is wrong with a file that somebody uploads, and how to put it right. The file is the field <c>file</c> of the request.</summary>
public static class FileViolations
{
    private const string File = "file";

    private static readonly LocalizedText SendWhole = new(
        "Send the whole file again; nothing of it was kept.", "Envoyez de nouveau le fichier entier ; rien n'en a été conservé.");

    internal static FieldViolation Empty { get; } = new(
        File, "FILE_EMPTY", new("The file is empty.", "Le fichier est vide."), new("Choose a file that has content.", "Choisissez un fichier qui a un contenu."));

    internal static FieldViolation TypeRequired { get; } = new(
        "file.content_type", "FILE_TYPE_REQUIRED", new("What the file is is not said.", "Le type du fichier n'est pas indiqué."),
        new("Give its media type, as application/pdf.", "Indiquez son type de média, par exemple application/pdf."));

    internal static FieldViolation TypeUnknown { get; } = new(
        "file.content_type", "FILE_TYPE_UNKNOWN", new("Files of this type are not taken.", "Les fichiers de ce type ne sont pas acceptés."),
        new("Convert it to PDF, DOCX, XLSX, PPTX, ODT, ODS, PNG, JPEG, or plain text or CSV in UTF-8.",
            "Convertissez-le en PDF, DOCX, XLSX, PPTX, ODT, ODS, PNG, JPEG, ou en texte ou CSV encodé en UTF-8."));

    /// <summary>More than the platform takes.</summary>
    public static FieldViolation TooLarge(long most) => new(
        File, "FILE_TOO_LARGE", new($"The file has more than {most} bytes.", $"Le fichier dépasse {most} octets."),
        new("Split it, or make its images smaller.", "Divisez-le, ou réduisez la taille de ses images."));

    internal static FieldViolation TypeDiffers(FileType type) => new(
        File, "FILE_TYPE_DIFFERS", new($"The content is not that of the type {type.MediaType}.", $"Le contenu n'est pas celui du type {type.MediaType}."),
        new("Give the type that the file has, or export it again; texts are in UTF-8.",
            "Indiquez le type réel du fichier, ou exportez-le de nouveau ; les textes sont encodés en UTF-8."));

    internal static FieldViolation Truncated(FileType type) => new(
        File, "FILE_TRUNCATED", new($"The end of this {type.MediaType} file is missing.", $"La fin de ce fichier {type.MediaType} manque."), SendWhole);

    internal static FieldViolation SizeDiffers(long arrived, long sent) => new(
        "size_bytes", "SIZE_BYTES_DIFFERS", new($"{arrived} bytes arrived, and {sent} were announced.", $"{arrived} octets sont arrivés, {sent} étaient annoncés."), SendWhole);

    internal static FieldViolation HashDiffers(long arrived) => new(
        "sha256", "SHA256_DIFFERS",
        new($"The {arrived} bytes that arrived do not have this SHA-256.", $"Les {arrived} octets arrivés n'ont pas cette empreinte SHA-256."), SendWhole);

    internal static FieldViolation NameTooLong(string field, int most) => new(
        field, "FILE_NAME_TOO_LONG", new($"The name has more than {most} bytes.", $"Le nom dépasse {most} octets."), new("Shorten it.", "Raccourcissez-le."));

    internal static FieldViolation NameIsPath(string field) => new(
        field, "FILE_NAME_IS_PATH", new("This is a path and not the name of a file.", "Ceci est un chemin et non le nom d'un fichier."),
        new("Give the last part of the path alone.", "Indiquez seulement la dernière partie du chemin."));

    internal static FieldViolation NameReserved(string field) => new(
        field, "FILE_NAME_RESERVED", new("Some systems cannot keep a file of this name.", "Certains systèmes ne peuvent pas conserver un fichier de ce nom."),
        new("Start with a letter or a digit, and avoid < > : \" | ? * and names of devices such as CON or NUL.",
            "Commencez par une lettre ou un chiffre, et évitez < > : \" | ? * et les noms de périphériques comme CON ou NUL."));

    internal static FieldViolation NameEndingDiffers(string field, FileType type) => new(
        field, "FILE_NAME_ENDING_DIFFERS",
        new($"The name does not end like those of {type.MediaType}.", $"Le nom ne se termine pas comme ceux du type {type.MediaType}."),
        new($"Let it end in {type.Endings[0]}, or give the type that the file has.", $"Terminez-le par {type.Endings[0]}, ou indiquez le type réel du fichier."));
}
