using System.Text;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Grpc.Core;

namespace Delegation.Reporting.Tests.Imports;

public sealed class Mappings_over_grpc(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_mapping_is_set_once_and_reads_the_files_of_all_delegations_of_the_delegate()
    {
        var sides = await host.Scene.SidesAsync();
        var mapping = await host.Scene.MappingAsync(sides);
        var file = Encoding.UTF8.GetBytes("Flux,N° dossier,Arrivée,Sortie,Statut,Agence\nNOE,1,02/04/2026,03/04/2026,OK,Lyon\nRECLAM,2,02/04/2026,,,Lyon\nAUTREFLUX,3,02/04/2026,,,Lyon\n");

        var import = await host.Scene.ImportAsync(sides, file, mappingId: mapping.Id);

        Assert.Equal((3, 2, 1, 2, 0, 0), import.Counts());
        Assert.Equal(["Agence"], import.UnknownColumns);
        Assert.Equal(
            [("1", Operation.Types.Kind.ClaimNoemie, Operation.Types.Outcome.Processed), ("2", Operation.Types.Kind.Complaint, Operation.Types.Outcome.Unspecified)],
            (await host.Scene.OperationsAsync(sides)).Select(one => (one.Reference, one.Kind, one.Outcome)).Order());
        Assert.StartsWith(
            "\ufeffline;fields;reasons;explanation;corrected;N° dossier;Flux;Arrivée;Sortie;Statut\r\n4;kind;KIND_UNKNOWN;",
            await host.Scene.Imports(sides.Importer).RejectsAsync(import), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task An_import_is_read_with_the_revision_it_was_announced_with_and_the_same_file_with_another_is_another_import()
    {
        var sides = await host.Scene.SidesAsync();
        var mapping = await host.Scene.MappingAsync(sides);
        var file = Encoding.UTF8.GetBytes("N° dossier;Flux;Arrivée;Sortie;Statut\n1;NOUVEAU;02/04/2026;;\n");
        var imports = host.Scene.Imports(sides.Importer);
        var announced = ImportCalls.Announce(sides.Delegation, file);
        announced.MappingId = mapping.Id;
        var before = await imports.CreateImportAsync(announced, deadline: ImportCalls.Deadline);

        var more = MappingCalls.Weekly();
        more.Values.Add(new ValueMapping { Field = "kind", Value = "nouveau", Meaning = "quote" });
        var updated = await host.Scene.Mappings(sides).UpdateImportMappingAsync(
            new UpdateImportMappingRequest { MappingId = mapping.Id, Mapping = more, Etag = mapping.Etag }, deadline: ImportCalls.Deadline);
        var after = await imports.CreateImportAsync(announced, deadline: ImportCalls.Deadline);

        Assert.NotEqual(before.Id, after.Id);
        Assert.Equal(1, (await imports.SendAsync(ImportCalls.Upload(before, file))).RejectedLines);
        Assert.Equal(1, (await imports.SendAsync(ImportCalls.Upload(after, file))).AcceptedLines);
        Assert.Equal(updated, await host.Scene.Mappings(sides).GetImportMappingAsync(new GetImportMappingRequest { MappingId = mapping.Id }, deadline: ImportCalls.Deadline));
    }

    [PostgresFact]
    public async Task An_update_needs_the_revision_that_was_read_and_a_name_is_taken_once()
    {
        var sides = await host.Scene.SidesAsync();
        var mapping = await host.Scene.MappingAsync(sides);
        var mappings = host.Scene.Mappings(sides);
        var other = await mappings.CreateImportMappingAsync(new CreateImportMappingRequest { Mapping = MappingCalls.Weekly("Autre") }, deadline: ImportCalls.Deadline);

        var twice = await Refusals.ThrownBy(mappings.CreateImportMappingAsync(new CreateImportMappingRequest { Mapping = MappingCalls.Weekly() }, deadline: ImportCalls.Deadline));
        var renamed = await Refusals.ThrownBy(mappings.UpdateImportMappingAsync(
            new UpdateImportMappingRequest { MappingId = other.Id, Mapping = MappingCalls.Weekly(), Etag = other.Etag }, deadline: ImportCalls.Deadline));
        var without = await Refusals.ThrownBy(mappings.UpdateImportMappingAsync(new UpdateImportMappingRequest { MappingId = mapping.Id, Mapping = MappingCalls.Weekly() }, deadline: ImportCalls.Deadline));
        var stale = await Refusals.ThrownBy(mappings.UpdateImportMappingAsync(
            new UpdateImportMappingRequest { MappingId = mapping.Id, Mapping = MappingCalls.Weekly(), Etag = other.Etag }, deadline: ImportCalls.Deadline));

        Assert.Equal(
            [(StatusCode.AlreadyExists, "IMPORT_MAPPING_EXISTS"), (StatusCode.AlreadyExists, "IMPORT_MAPPING_EXISTS"), (StatusCode.FailedPrecondition, "ETAG_REQUIRED"), (StatusCode.Aborted, "ETAG_STALE")],
            [twice.Kind(), renamed.Kind(), without.Kind(), stale.Kind()]);
        Assert.Equal(
            [("Autre", other.Etag), ("Export hebdomadaire", mapping.Etag)],
            (await mappings.ListImportMappingsAsync(new ListImportMappingsRequest(), deadline: ImportCalls.Deadline)).Mappings.Select(one => (one.Name, one.Etag)));
    }

    [PostgresFact]
    public async Task Each_kind_has_mappings_of_its_own_fields_and_codes()
    {
        var sides = await host.Scene.SidesAsync();
        var mapping = await host.Scene.Mappings(sides).CreateImportMappingAsync(
            new CreateImportMappingRequest
            {
                Mapping = new ImportMapping
                {
                    Kind = Import.Types.Kind.QualitySamples,
                    Name = "Contrôles",
                    Columns =
                    {
                        new ColumnMapping { Field = "reference", Header = "N°" }, new ColumnMapping { Field = "check_day", Header = "Le" },
                        new ColumnMapping { Field = "operation_kind", Header = "Flux" }, new ColumnMapping { Field = "erroneous", Header = "Conforme" },
                    },
                    Values = { new ValueMapping { Field = "erroneous", Value = "KO", Meaning = "YES" }, new ValueMapping { Field = "erroneous", Value = "OK", Meaning = "NO" } },
                },
            },
            deadline: ImportCalls.Deadline);
        var imports = host.Scene.Imports(sides.Importer);
        var file = Encoding.UTF8.GetBytes("N°;Le;Flux;Conforme\nA;02/04/2026;devis;KO\nB;02/04/2026;devis;OK\nC;02/04/2026;devis;peut-être\n");
        var announced = ImportCalls.Announce(sides.Delegation, file);
        (announced.Kind, announced.MappingId) = (Import.Types.Kind.QualitySamples, mapping.Id);

        var import = await imports.SendAsync(ImportCalls.Upload(await imports.CreateImportAsync(announced, deadline: ImportCalls.Deadline), file));

        Assert.Equal((3, 2, 1, 2, 0, 0), import.Counts());
        Assert.Equal("ERRONEOUS_UNKNOWN", Assert.Single(import.Rejections).Reason);
        announced.Kind = Import.Types.Kind.Benefits;
        Assert.Equal([("mapping_id", "MAPPING_KIND_DIFFERS")], (await Refusals.ThrownBy(imports.CreateImportAsync(announced, deadline: ImportCalls.Deadline))).Violations());
    }

    [PostgresFact]
    public async Task All_mistakes_in_a_mapping_are_told_at_once()
    {
        var sides = await host.Scene.SidesAsync();
        var mapping = new ImportMapping
        {
            Columns =
            {
                new ColumnMapping { Field = "nonsense", Header = "A" }, new ColumnMapping { Field = "kind", Header = "NIR" }, new ColumnMapping { Field = "kind", Header = "a" },
            },
            Values =
            {
                new ValueMapping { Field = "reference", Value = "X", Meaning = "QUOTE" }, new ValueMapping { Field = "kind", Value = "X", Meaning = "NONSENSE" },
                new ValueMapping { Field = "kind", Value = "x ", Meaning = "QUOTE" },
            },
        };

        var refusal = await Refusals.ThrownBy(host.Scene.Mappings(sides).CreateImportMappingAsync(new CreateImportMappingRequest { Mapping = mapping }, deadline: ImportCalls.Deadline));

        Assert.Equal(
            [
                ("mapping.kind", "KIND_REQUIRED"), ("mapping.name", "NAME_REQUIRED"), ("mapping.columns[0].field", "FIELD_UNKNOWN"), ("mapping.columns[1].header", "HEADER_PERSONAL"),
                ("mapping.columns[2].field", "FIELD_TWICE"), ("mapping.columns[2].header", "HEADER_TWICE"), ("mapping.columns", "COLUMNS_REQUIRED"), ("mapping.columns", "COLUMNS_REQUIRED"),
                ("mapping.values[0].field", "FIELD_UNKNOWN"), ("mapping.values[1].meaning", "MEANING_UNKNOWN"), ("mapping.values[2].value", "VALUE_TWICE"),
            ],
            refusal.Violations());
    }
}
