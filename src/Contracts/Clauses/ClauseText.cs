using Delegation.Contracts.V1;

namespace Delegation.Contracts.Clauses;

/// <summary>
/// Reads a file of the library, as lawyers read and write it:
/// <code>
/// family: audit
/// ## AUD-1 · Title
/// requirements: ID ID     (or: optional)
///
/// Wording.
/// ### Title of a fallback
/// Its wording.
/// </code>
/// </summary>
internal static class ClauseText
{
    private const string Optional = "optional";
    private const string Requirements = "requirements: ";
    private const string FamilyLine = "family: ";

    /// <summary>The clauses of a file, without their places.</summary>
    /// <exception cref="InvalidDataException">It is not written so.</exception>
    public static IEnumerable<LibraryClause> Read(string text)
    {
        var parts = text.Split("\n## ");
        var family = After(FamilyLine, parts[0].Trim());
        return parts.Skip(1).Select(part => ReadClause(StoredNames.Read<ClauseFamily>(family), part));
    }

    /// <summary>True for a clause that is written as no part of the standard contract: it satisfies nothing that would be asked for.</summary>
    public static bool IsOptional(this LibraryClause clause) => clause.RequirementIds.Count == 0;

    private static LibraryClause ReadClause(ClauseFamily family, string part)
    {
        var sections = part.Split("\n### ");
        var lines = sections[0].Split('\n', 3);
        if (lines is not [var heading, var about, var wording] || heading.Split(" · ", 2) is not [var code, var title])
            throw new InvalidDataException($"A clause of the library is not written as one: {part.Split('\n')[0]}");

        IReadOnlyList<string> requirements = about == Optional ? [] : After(Requirements, about).Split(' ');
        return new LibraryClause(code, family, 0, title, wording.Trim(), requirements, [.. sections.Skip(1).Select(ReadFallback)]);
    }

    private static Fallback ReadFallback(string section) => section.Split('\n', 2) is [var title, var wording]
        ? new Fallback(title, wording.Trim())
        : throw new InvalidDataException($"A fallback of the library has no wording: {section}");

    private static string After(string start, string line) => line.StartsWith(start, StringComparison.Ordinal)
        ? line[start.Length..]
        : throw new InvalidDataException($"The library has '{line}' where '{start}' was expected.");
}
