using Delegation.Reporting.V1;
using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Imports;

/// <summary>What tests do with mappings.</summary>
internal static class MappingCalls
{
    /// <summary>A format of a delegate's tool, with headers and codes of its own.</summary>
    public static ImportMapping Weekly(string name = "Export hebdomadaire") => new()
    {
        Kind = Import.Types.Kind.Operations,
        Name = name,
        Columns =
        {
            new ColumnMapping { Field = "reference", Header = "N° dossier" },
            new ColumnMapping { Field = "kind", Header = "Flux" },
            new ColumnMapping { Field = "receive", Header = "Arrivée" },
            new ColumnMapping { Field = "close", Header = "Sortie" },
            new ColumnMapping { Field = "outcome", Header = "Statut" },
        },
        Values =
        {
            new ValueMapping { Field = "kind", Value = "NOE", Meaning = "CLAIM_NOEMIE" },
            new ValueMapping { Field = "kind", Value = "RECLAM", Meaning = "COMPLAINT" },
            new ValueMapping { Field = "outcome", Value = "OK", Meaning = "PROCESSED" },
        },
    };

    public static ImportMappings.ImportMappingsClient Mappings(this Scene scene, Sides sides) => new(scene.As(sides.Importer));

    public static async Task<ImportMapping> MappingAsync(this Scene scene, Sides sides) =>
        await scene.Mappings(sides).CreateImportMappingAsync(new CreateImportMappingRequest { Mapping = Weekly() }, deadline: ImportCalls.Deadline);
}
