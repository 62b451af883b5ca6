using System.Text.Json;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Regulation;

/// <summary>All requirements of law and practice: files of this assembly, one for each set of regimes. Their validity dates say since when each counts.</summary>
internal static class RequirementCatalogue
{
    private const string Folder = "requirements/";

    private static readonly Lazy<IReadOnlyList<Requirement>> Loaded = new(() => [.. Files().SelectMany(Read)]);

    private static readonly Lazy<Dictionary<string, Requirement>> ById = new(() => Loaded.Value.ToDictionary(requirement => requirement.Id));

    /// <summary>All of them, in the order of the files.</summary>
    public static IReadOnlyList<Requirement> All => Loaded.Value;

    /// <summary>The requirement of an id, or null.</summary>
    public static Requirement? Find(string id) => ById.Value.GetValueOrDefault(id);

    /// <summary>Those that regimes bring and that are in force on a day.</summary>
    public static IEnumerable<Requirement> Of(IReadOnlySet<Regime> regimes, DateOnly day) => All.Where(requirement => requirement.Regimes.All(regimes.Contains) && requirement.IsInForce(day));

    /// <summary>True when it is in force on a day.</summary>
    public static bool IsInForce(this Requirement requirement, DateOnly day)
    {
        // ISO days compare as they are written.
        var text = DayField.Write(day);
        return string.CompareOrdinal(requirement.StartDay, text) <= 0 && (requirement.EndDay.Length == 0 || string.CompareOrdinal(text, requirement.EndDay) <= 0);
    }

    private static IEnumerable<RequirementFile> Files()
    {
        var assembly = typeof(RequirementCatalogue).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            yield return JsonSerializer.Deserialize<RequirementFile>(stream, JsonSerializerOptions.Web)!;
        }
    }

    // What a requirement does not say for itself its file says for all.
    private static IEnumerable<Requirement> Read(RequirementFile file) => file.Requirements.Select(requirement => new Requirement
    {
        Id = requirement.Id,
        Regimes = { file.Regimes.Select(StoredNames.Read<Regime>) },
        Family = StoredNames.Read<ClauseFamily>(requirement.Family),
        Source = requirement.Source ?? file.Source ?? throw new InvalidDataException($"Requirement {requirement.Id} has no source."),
        Certainty = StoredNames.Read<Certainty>(requirement.Certainty ?? file.Certainty ?? "verified"),
        SatisfiedBy = StoredNames.Read<SatisfiedBy>(requirement.By ?? "clause"),
        EvidenceKind = StoredNames.Read<EvidenceKind>(requirement.Evidence ?? "unspecified"),
        Due = StoredNames.Read<RequirementDue>(requirement.Due ?? "signature"),
        Mandatory = requirement.Mandatory ?? file.Mandatory ?? true,
        Binding = requirement.Binding ?? file.Binding ?? false,
        StartDay = requirement.From ?? file.From ?? "",
        EndDay = requirement.Until ?? file.Until ?? "",
        RecheckDay = requirement.Recheck ?? file.Recheck ?? "",
        Name = requirement.Name,
        FrenchName = requirement.FrenchName,
    });

    private sealed record RequirementFile(
        string[] Regimes,
        string? Source,
        string? Certainty,
        bool? Mandatory,
        bool? Binding,
        string? From,
        string? Until,
        string? Recheck,
        RequirementEntry[] Requirements);

    private sealed record RequirementEntry(
        string Id,
        string Family,
        string? Source,
        string? Certainty,
        string? By,
        string? Evidence,
        string? Due,
        bool? Mandatory,
        bool? Binding,
        string? From,
        string? Until,
        string? Recheck,
        string Name,
        string FrenchName);
}
