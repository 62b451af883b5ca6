using System.Globalization;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Grpc.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Delegation.Reporting.Tests.Imports;

public sealed class Expiry_of_imports(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task An_import_whose_file_does_not_come_is_given_up_and_can_be_announced_again_and_one_that_is_applied_stays()
    {
        var sides = await host.Scene.SidesAsync();
        var imports = host.Scene.Imports(sides.Importer);
        var file = ImportCalls.Csv("R1;devis;2026-04-02;;;;");
        var applied = await host.Scene.ImportAsync(sides, ImportCalls.Csv("R2;devis;2026-04-02;;;;"));
        var waiting = await imports.CreateImportAsync(ImportCalls.Announce(sides.Delegation, file), deadline: ImportCalls.Deadline);
        Assert.Equal(waiting, await imports.CreateImportAsync(ImportCalls.Announce(sides.Delegation, file), deadline: ImportCalls.Deadline));

        MoveClock(TimeSpan.FromDays(8));
        await Eventually.Async(async () => (await GetAsync(waiting)).State == Import.Types.State.Expired);

        var late = await Assert.ThrowsAsync<RpcException>(() => imports.SendAsync(ImportCalls.Upload(waiting, file)));
        Assert.Equal((StatusCode.FailedPrecondition, "IMPORT_EXPIRED"), late.Kind());
        var again = await imports.CreateImportAsync(ImportCalls.Announce(sides.Delegation, file), deadline: ImportCalls.Deadline);
        Assert.NotEqual(waiting.Id, again.Id);
        Assert.Equal(1, (await imports.SendAsync(ImportCalls.Upload(again, file))).AcceptedLines);
        Assert.Equal(applied, await GetAsync(applied));
        Assert.Equal(
            [again.Id, waiting.Id, applied.Id],
            (await host.Scene.Imports(sides.Reader).ListImportsAsync(new ListImportsRequest { DelegationId = applied.DelegationId }, deadline: ImportCalls.Deadline)).Imports.Select(import => import.Id));

        async Task<Import> GetAsync(Import import) =>
            await imports.GetImportAsync(new GetImportRequest { DelegationId = import.DelegationId, ImportId = import.Id }, deadline: ImportCalls.Deadline);
    }

    private void MoveClock(TimeSpan offset)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration["Clock:Offset"] = offset.ToString("c", CultureInfo.InvariantCulture);
        configuration.Reload();
    }
}
