using Delegation.Contracts.Clauses;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Negotiation;

/// <summary>The clauses with which a draft starts: those of the standard contract, or those that the request has.</summary>
internal static class StandardClauses
{
    private const int LongestValue = 500;

    private static readonly FieldViolation Both = new(
        "standard",
        "STANDARD_AND_CLAUSES",
        new("Both the standard contract and clauses are given.", "Le contrat type et des clauses sont tous deux indiqués."),
        new("Give one of the two; clauses of the standard contract can be changed afterwards.", "Indiquez l'un des deux ; les clauses du contrat type se modifient ensuite."));

    public static IReadOnlyList<ContractClause> Of(CreateContractRequest command, ClauseLibrary library, List<FieldViolation> violations)
    {
        if (command.Standard is not { } standard)
            return command.Clauses;

        if (command.Clauses.Count > 0)
            violations.Add(Both);

        if (standard.LibraryVersion < 0 || library.Find(standard.LibraryVersion) is not { } version)
        {
            violations.Add(VersionUnknown(standard.LibraryVersion));
            return command.Clauses;
        }

        var values = ReadValues(standard, version, violations);
        return [.. version.Standard.Select(clause => new ContractClause
        {
            Code = clause.Code,
            Family = clause.Family.Stored(),
            LibraryVersion = version.Number,
            Title = clause.Title,
            Wording = LibraryClause.Fill(clause.Wording, values),
            RequirementIds = { clause.RequirementIds },
        })];
    }

    private static Dictionary<string, string> ReadValues(StandardContract standard, LibraryVersion version, List<FieldViolation> violations)
    {
        var values = new Dictionary<string, string>(version.Defaults);
        var given = new HashSet<string>();
        foreach (var (index, entry) in standard.Values.Index())
        {
            var path = $"standard.values[{index}]";
            if (version.Parameters.All(parameter => parameter.Name != entry.Name))
                violations.Add(NameUnknown($"{path}.name"));
            else if (!given.Add(entry.Name))
                violations.Add(NameRepeated($"{path}.name"));

            if (TextField.ReadLine($"{path}.value", entry.Value, LongestValue, violations) is { } value)
                values[entry.Name] = value;
        }

        return values;
    }

    private static FieldViolation VersionUnknown(int version) => version < 0
        ? ClauseViolations.VersionNegative("standard.library_version")
        : new(
            "standard.library_version",
            "LIBRARY_VERSION_UNKNOWN",
            new("The library has no such version.", "La bibliothèque n'a pas cette version."),
            new("Give a version of the library, or 0 for the latest.", "Indiquez une version de la bibliothèque, ou 0 pour la dernière."));

    private static FieldViolation NameUnknown(string field) => new(
        field,
        "NAME_UNKNOWN",
        new("The wordings have no such parameter.", "Les rédactions n'ont pas ce paramètre."),
        new("Use a name of the library's list of parameters.", "Utilisez un nom de la liste des paramètres de la bibliothèque."));

    private static FieldViolation NameRepeated(string field) => new(
        field, "NAME_REPEATED", new("This parameter is given twice.", "Ce paramètre est indiqué deux fois."), new("Give it once.", "Indiquez-le une fois."));
}
