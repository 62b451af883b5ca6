using System.Text;
using System.Text.RegularExpressions;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Persistence.Files;

/// <summary>The name of a file that somebody uploads: one that every system can keep, in the folder that they choose and in no other.</summary>
public static partial class FileName
{
    private const int LongestCharacters = 200;
    private const int LongestBytes = 255;

    /// <summary>
    /// The name, or null with violations: <c>FILE_NAME_REQUIRED</c>, <c>_TOO_LONG</c>, <c>_INVISIBLE_CHARACTER</c>, <c>_IS_PATH</c>, <c>_RESERVED</c>,
    /// <c>_ENDING_DIFFERS</c>.
    /// </summary>
    /// <param name="field">Path of the field.</param>
    /// <param name="name">What the caller sent.</param>
    /// <param name="type">What the file is said to be; null when that is unknown.</param>
    /// <param name="violations">Gets what is wrong.</param>
    public static string? Read(string field, string name, FileType? type, ICollection<FieldViolation> violations)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(violations);

        var before = violations.Count;
        var read = TextField.ReadLine(field, name, LongestCharacters, violations)?.Normalize();
        if (read is not null && Encoding.UTF8.GetByteCount(read) > LongestBytes)
            violations.Add(FileViolations.NameTooLong(field, LongestBytes));

        if (name.AsSpan().ContainsAny('/', '\\') || name.Trim() is "." or "..")
            violations.Add(FileViolations.NameIsPath(field));
        else if (read is not null && Reserved().IsMatch(read))
            violations.Add(FileViolations.NameReserved(field));
        else if (read is not null && type is not null && !type.Endings.Any(ending => read.Length > ending.Length && read.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            violations.Add(FileViolations.NameEndingDiffers(field, type));

        return violations.Count == before ? read : null;
    }

    // https://learn.microsoft.com/windows/win32/fileio/naming-a-file: names of devices, with or without an ending, and characters with a meaning.
    [GeneratedRegex("""^(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])\s*(\..*)?$|[<>:"|?*]|^[.~-]|[. ]$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved();
}
