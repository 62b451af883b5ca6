using Delegation.ServiceDefaults.Errors;

namespace Delegation.Persistence.Files;

/// <summary>What the first message of an upload says of its file.</summary>
/// <param name="Name">Its name, without folders.</param>
/// <param name="Type">What it is.</param>
/// <param name="Sha256">Its digest, hexadecimal, lower case.</param>
public sealed record AnnouncedFile(string Name, FileType Type, string Sha256)
{
    private static readonly FieldViolation SizeNegative = new(
        "size_bytes",
        "SIZE_BYTES_NEGATIVE",
        new("A size is not negative.", "Une taille n'est pas négative."),
        new("Give the size of the file in bytes, or 0.", "Indiquez la taille du fichier en octets, ou 0."));

    /// <summary>Reads the fields <c>file.content_type</c>, <c>file_name</c>, <c>sha256</c> and <c>size_bytes</c>; null with violations when one is wrong.</summary>
    public static AnnouncedFile? Read(string fileName, string? contentType, string sha256, long sizeBytes, ICollection<FieldViolation> violations)
    {
        ArgumentNullException.ThrowIfNull(violations);

        var before = violations.Count;
        var type = FileType.Read(contentType ?? "", violations);
        var name = FileName.Read("file_name", fileName, type, violations);
        var hash = FileHash.Read("sha256", sha256, violations);
        if (sizeBytes < 0)
            violations.Add(SizeNegative);

        return violations.Count == before ? new AnnouncedFile(name!, type!, hash!) : null;
    }
}
