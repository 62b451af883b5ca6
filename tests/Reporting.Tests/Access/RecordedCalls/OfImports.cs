using Delegation.Access.V1;
using Delegation.Reporting.Tests.ContractReferences;
using Delegation.Reporting.Tests.Imports;
using Delegation.Reporting.V1;
using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Access.RecordedCalls;

/// <summary>Imports, and the mappings of a delegate.</summary>
internal sealed class OfImports : IRecordedCalls
{
    private static readonly byte[] File = ImportCalls.Csv("R1;devis;2026-04-02;;;;", "R2;x;2026-04-02;;;;");

    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Imports.Descriptor, "CreateImport", Who.MembersOf(Side.Delegate, Role.Reporting, Role.Operations), async scene =>
        {
            var sides = await scene.SidesAsync();
            var request = ImportCalls.Announce(sides.Delegation, File);
            request.MappingId = (await scene.MappingAsync(sides)).Id;
            return (sides.Importer, request);
        }),
        new(V1.Imports.Descriptor, "UploadImportFile", Who.MembersOf(Side.Delegate, Role.Reporting, Role.Operations), async scene =>
        {
            var sides = await scene.SidesAsync();
            var import = await scene.Imports(sides.Importer).CreateImportAsync(ImportCalls.Announce(sides.Delegation, File), deadline: ImportCalls.Deadline);
            return (sides.Importer, ImportCalls.Upload(import, File));
        }),
        new(V1.Imports.Descriptor, "GetImport", Who.AnyMember(), async scene =>
        {
            var sides = await scene.SidesAsync();
            var import = await scene.ImportAsync(sides, File);
            return (sides.Reader, new GetImportRequest { DelegationId = import.DelegationId, ImportId = import.Id });
        }),
        new(V1.Imports.Descriptor, "ListImports", Who.AnyMember(), async scene =>
        {
            var sides = await scene.SidesAsync();
            var import = await scene.ImportAsync(sides, File);
            return (sides.Reader, new ListImportsRequest { DelegationId = import.DelegationId });
        }),
        new(V1.Imports.Descriptor, "DownloadRejectedLines", Who.AnyMember(Side.Delegate), async scene =>
        {
            var sides = await scene.SidesAsync();
            var import = await scene.ImportAsync(sides, File);
            return (sides.Importer, new DownloadRejectedLinesRequest { DelegationId = import.DelegationId, ImportId = import.Id });
        }),
        new(ImportMappings.Descriptor, "CreateImportMapping", Who.MembersOf(Side.Delegate, Role.Reporting, Role.Operations), async scene =>
        {
            var sides = await scene.SidesAsync();
            return (sides.Importer, new CreateImportMappingRequest { Mapping = MappingCalls.Weekly() });
        }),
        new(ImportMappings.Descriptor, "GetImportMapping", Who.AnyMember(Side.Delegate), async scene =>
        {
            var sides = await scene.SidesAsync();
            return (sides.Importer, new GetImportMappingRequest { MappingId = (await scene.MappingAsync(sides)).Id });
        }),
        new(ImportMappings.Descriptor, "ListImportMappings", Who.AnyMember(Side.Delegate), async scene =>
        {
            var sides = await scene.SidesAsync();
            await scene.MappingAsync(sides);
            return (sides.Importer, new ListImportMappingsRequest());
        }),
        new(ImportMappings.Descriptor, "UpdateImportMapping", Who.MembersOf(Side.Delegate, Role.Reporting, Role.Operations), async scene =>
        {
            var sides = await scene.SidesAsync();
            var mapping = await scene.MappingAsync(sides);
            return (sides.Importer, new UpdateImportMappingRequest { MappingId = mapping.Id, Mapping = MappingCalls.Weekly("Export mensuel"), Etag = mapping.Etag });
        }),
        new(ContractMatches.Descriptor, "ListContractMatches", Who.AnyMember(), async scene =>
        {
            var sides = await scene.SidesAsync();
            await scene.DoubtfulAsync(sides, "C1234", "C1235");
            return (sides.Reader, new ListContractMatchesRequest { DelegationId = sides.Delegation.ToString() });
        }),
        new(ContractMatches.Descriptor, "DecideContractMatch", Who.Members(Role.Reporting, Role.Operations), async scene =>
        {
            var sides = await scene.SidesAsync();
            var match = await scene.DoubtfulAsync(sides, "C1234", "C1235");
            return (sides.Reader, new DecideContractMatchRequest { DelegationId = match.DelegationId, MatchId = match.Id, Number = "C1234", Etag = match.Etag });
        }),
    ];
}
