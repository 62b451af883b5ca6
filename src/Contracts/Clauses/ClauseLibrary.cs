using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Delegation.Contracts.V1;

namespace Delegation.Contracts.Clauses;

/// <summary>
/// The versions of the clause library, which are files of this assembly. What was published stays as it was: <c>published.json</c> keeps
/// the digest of each version, and a version with another text is not loaded. To change a wording, add a folder with the next number.
/// </summary>
internal sealed class ClauseLibrary
{
    private const string Folder = "library/";
    private const string Published = Folder + "published.json";

    private static readonly Lazy<ClauseLibrary> Loaded = new(() => Load(Resources()));

    private readonly SortedDictionary<int, LibraryVersion> _versions;

    private ClauseLibrary(IEnumerable<LibraryVersion> versions) => _versions = new(versions.ToDictionary(version => version.Number));

    /// <summary>The library of this assembly.</summary>
    public static ClauseLibrary Own => Loaded.Value;

    /// <summary>The newest version: what new contracts start from.</summary>
    public LibraryVersion Latest => _versions.Values.Last();

    /// <summary>The version of a number, or null; 0 stands for the latest.</summary>
    public LibraryVersion? Find(int number) => number == 0 ? Latest : _versions.GetValueOrDefault(number);

    /// <summary>Reads a library.</summary>
    /// <param name="files">Its files by name: <c>library/published.json</c>, <c>library/1/01-opening.md</c> …</param>
    /// <exception cref="InvalidDataException">A version is not the one that was published, or is not written as one.</exception>
    public static ClauseLibrary Load(IReadOnlyDictionary<string, string> files) => new(
        JsonSerializer.Deserialize<Publication[]>(files[Published], JsonSerializerOptions.Web)!.Select(publication => Load(publication, files)));

    /// <summary>The digest of a version: of its files in the order of their names, whatever ends their lines.</summary>
    public static string Digest(int number, IReadOnlyDictionary<string, string> files)
    {
        var text = new StringBuilder();
        foreach (var (name, content) in Of(number, files))
            text.Append(name).Append('\n').Append(content).Append('\0');

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The files of this assembly.</summary>
    public static IReadOnlyDictionary<string, string> Resources()
    {
        var assembly = typeof(ClauseLibrary).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).ToDictionary(name => name, name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            return reader.ReadToEnd().ReplaceLineEndings("\n");
        });
    }

    private static LibraryVersion Load(Publication publication, IReadOnlyDictionary<string, string> files)
    {
        if (Digest(publication.Version, files) is var digest && digest != publication.Sha256)
            throw new InvalidDataException($"Version {publication.Version} of the clause library was published with another text; it is now {digest}.");

        var texts = Of(publication.Version, files).ToArray();
        var clauses = texts.Where(file => file.Name.EndsWith(".md", StringComparison.Ordinal)).SelectMany(file => ClauseText.Read(file.Content)).ToArray();
        var standard = clauses.Where(clause => !clause.IsOptional()).Select((clause, index) => clause with { Place = index + 1 });
        var parameters = JsonSerializer.Deserialize<Parameter[]>(
            texts.Single(file => file.Name.EndsWith("/parameters.json", StringComparison.Ordinal)).Content, JsonSerializerOptions.Web)!;

        return new LibraryVersion(
            publication.Version, publication.PublishDay, digest, [.. standard, .. clauses.Where(clause => clause.IsOptional())], [.. parameters.Select(ToMessage)]);
    }

    private static IEnumerable<(string Name, string Content)> Of(int number, IReadOnlyDictionary<string, string> files) => files
        .Where(file => file.Key.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{Folder}{number}/"), StringComparison.Ordinal))
        .OrderBy(file => file.Key, StringComparer.Ordinal)
        .Select(file => (file.Key, file.Value));

    private static ClauseParameter ToMessage(Parameter parameter) => new()
    {
        Name = parameter.Name,
        Label = parameter.Label,
        FrenchLabel = parameter.FrenchLabel,
        DefaultValue = parameter.Default ?? "",
    };

    private sealed record Publication(int Version, DateOnly PublishDay, string Sha256);

    private sealed record Parameter(string Name, string Label, string FrenchLabel, string? Default);
}
