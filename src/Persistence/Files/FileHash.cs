using Delegation.ServiceDefaults.Errors;

namespace Delegation.Persistence.Files;

/// <summary>A SHA-256 in a request.</summary>
public static class FileHash
{
    /// <summary>64 lowercase hexadecimal digits, or null with a violation (<c>SHA256_REQUIRED</c>, <c>SHA256_MALFORMED</c>).</summary>
    public static string? Read(string field, string text, ICollection<FieldViolation> violations)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(violations);

        if (text.Length == 64 && text.All(char.IsAsciiHexDigit))
            return text.ToLowerInvariant();

        violations.Add(text.Length == 0
            ? new FieldViolation(field, "SHA256_REQUIRED", new("The SHA-256 of the file is missing.", "L'empreinte SHA-256 du fichier n'est pas renseignée."), Compute)
            : new FieldViolation(field, "SHA256_MALFORMED", new("This is not a SHA-256.", "Ceci n'est pas une empreinte SHA-256."), Compute));
        return null;
    }

    private static LocalizedText Compute { get; } = new(
        "Give the 64 hexadecimal digits of the SHA-256 of the whole file, as sha256sum prints them.",
        "Indiquez les 64 chiffres hexadécimaux de l'empreinte SHA-256 du fichier entier, tels que sha256sum les affiche.");
}
