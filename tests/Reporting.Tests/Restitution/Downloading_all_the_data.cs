using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Delegation.Reporting.Tests.Imports;
using Delegation.Reporting.Tests.Reports;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Kind = Delegation.Reporting.V1.Import.Types.Kind;
using Mode = Delegation.Reporting.V1.Import.Types.Mode;

namespace Delegation.Reporting.Tests.Restitution;

public sealed class Downloading_all_the_data(PublicationHost host) : IClassFixture<PublicationHost>, IDisposable
{
    private const string Header = "reference;contract reference;individual;month;entry day;called;collected;earned;tax";

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Totals_are_conserved_from_import_over_correction_to_restitution()
    {
        var sides = await host.Scene.SidesAsync();
        var first = await ImportAsync(sides, Mode.Complete, "P1;C1;oui;2026-04;2026-04-10;100,00;90,00;80,00;10,00", "P2;C1;non;2026-04;2026-04-20;50,50;50,50;50,50;5,05");
        Assert.Equal((2, 0), (first.AcceptedLines, first.RejectedLines));
        var before = await DownloadAsync(sides, new DownloadDataRequest());
        await Task.Delay(5);
        var then = Timestamp.FromDateTime(DateTime.UtcNow);
        await ImportAsync(sides, Mode.Correct, "P2;C1;non;2026-04;2026-04-20;60,50;50,50;50,50;5,05");
        await ImportAsync(sides, Mode.Complete, "P3;C2;non;2026-04;2026-04-30;-1,00;0,00;0,00;0,00");

        var now = await DownloadAsync(sides, new DownloadDataRequest());
        var asOf = await DownloadAsync(sides, new DownloadDataRequest { AsOf = then });
        var april20 = await DownloadAsync(sides, new DownloadDataRequest { FromDay = "2026-04-20", ToDay = "2026-04-20" });

        Assert.Equal((2, 15050, 14050), Premiums(before));
        Assert.Equal((3, 15950, 14050), Premiums(now));
        Assert.Equal(Premiums(before), Premiums(asOf));
        Assert.Equal((1, 6050, 5050), Premiums(april20));
        Assert.Equal(["P1", "P2", "P3"], Lines(now, "premiums.csv").Skip(1).Select(line => line.Split(';')[0]));
    }

    [PostgresFact]
    public async Task Each_file_is_as_the_manifest_says_and_each_column_is_in_the_dictionary()
    {
        var sides = await host.Scene.SidesAsync();
        await ImportAsync(sides, Mode.Complete, "P1;C1;oui;2026-04;2026-04-10;100,00;90,00;80,00;10,00");

        using var archive = await DownloadAsync(sides, new DownloadDataRequest());

        var dictionary = Lines(archive, "dictionary.csv").Skip(1).Select(line => string.Join(';', line.Split(';')[..2])).ToHashSet();
        foreach (var file in Manifest(archive)["files"]!.AsArray())
        {
            var (name, text) = ((string)file!["name"]!, Text(archive, (string)file["name"]!));
            Assert.Equal((string)file["sha256"]!, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
            Assert.Equal((long)file["lines"]!, Lines(archive, name).Length - 1);
            Assert.All(Lines(archive, name)[0].Split(';'), column => Assert.Contains($"{name};{column}", dictionary));
        }

        Assert.Equal(8, Manifest(archive)["files"]!.AsArray().Count);
    }

    private async Task<Import> ImportAsync(Sides sides, Mode mode, params string[] lines)
    {
        var file = Encoding.UTF8.GetBytes(string.Join('\n', [Header, .. lines]) + "\n");
        var imports = host.Scene.Imports(sides.Importer);
        var announced = ImportCalls.Announce(sides.Delegation, file, mode, "cotisations.csv");
        announced.Kind = Kind.Premiums;
        return await imports.SendAsync(ImportCalls.Upload(await imports.CreateImportAsync(announced, deadline: ImportCalls.Deadline), file));
    }

    private async Task<ZipArchive> DownloadAsync(Sides sides, DownloadDataRequest request)
    {
        request.DelegationId = sides.Delegation.ToString();
        using var call = new V1.Restitution.RestitutionClient(host.Scene.As(sides.Reader)).DownloadData(request, deadline: ImportCalls.Deadline);
        var bytes = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
            bytes.Write(part.Data.Span);
        return new ZipArchive(bytes);
    }

    private static (long Lines, long Called, long Collected) Premiums(ZipArchive archive)
    {
        var file = Manifest(archive)["files"]!.AsArray().Single(file => (string)file!["kind"]! == "premiums")!;
        return ((long)file["lines"]!, (long)file["totals"]!["called"]!, (long)file["totals"]!["collected"]!);
    }

    private static JsonNode Manifest(ZipArchive archive) => JsonNode.Parse(Text(archive, "manifest.json"))!;

    private static string[] Lines(ZipArchive archive, string name) => Text(archive, name).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static string Text(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
