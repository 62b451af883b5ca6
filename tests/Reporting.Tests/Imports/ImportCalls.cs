using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Delegation.Access.V1;
using Delegation.Reporting.V1;
using Delegation.TestKit.Access;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using Kind = Delegation.Reporting.V1.Import.Types.Kind;
using Mode = Delegation.Reporting.V1.Import.Types.Mode;

namespace Delegation.Reporting.Tests.Imports;

/// <summary>A delegation with somebody of each side who may import and read.</summary>
internal sealed record Sides(Guid Insurer, Guid Delegation, Guid Delegate, Actor Reader, Actor Importer)
{
    public (Guid Insurer, Guid Delegation, Guid Delegate) Parties => (Insurer, Delegation, Delegate);
}

/// <summary>What tests do with imports, in the period of April 2026.</summary>
internal static class ImportCalls
{
    public const string Header = "reference;kind;receive;complete;close;outcome;automated";
    private const int PartLength = 256 * 1024;

    public static DateTime Deadline => DateTime.UtcNow.AddSeconds(60);

    public static async Task<Sides> SidesAsync(this Scene scene)
    {
        var (insurer, delegation, tpa) = await scene.DelegationAsync();
        return new Sides(
            insurer, delegation, tpa, await scene.MemberAsync(insurer, Side.Insurer, Role.Reporting), await scene.MemberAsync(tpa, Side.Delegate, Role.Reporting, Role.Operations));
    }

    public static V1.Imports.ImportsClient Imports(this Scene scene, Actor actor) => new(scene.As(actor));

    public static byte[] Csv(params string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', [Header, .. lines]) + "\n");

    public static byte[] Gzip(byte[] bytes, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    public static CreateImportRequest Announce(Guid delegation, byte[] file, Mode mode = Mode.Complete, string name = "operations.csv") => new()
    {
        DelegationId = delegation.ToString(),
        Kind = Kind.Operations,
        Mode = mode,
        PeriodStartDay = "2026-04-01",
        PeriodEndDay = "2026-04-30",
        FileName = name,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
    };

    public static UploadImportFileRequest Upload(Import import, byte[] file) => new()
    {
        DelegationId = import.DelegationId,
        ImportId = import.Id,
        File = new HttpBody { ContentType = import.FileName.EndsWith(".gz", StringComparison.Ordinal) ? "application/gzip" : "text/csv", Data = UnsafeByteOperations.UnsafeWrap(file) },
    };

    /// <summary>Sends a request as a stream of messages.</summary>
    public static async Task<Import> SendAsync(this V1.Imports.ImportsClient imports, UploadImportFileRequest request, string language = "en", int partLength = PartLength)
    {
        using var call = imports.UploadImportFile(new Metadata { { "accept-language", language } }, deadline: Deadline.AddMinutes(4));
        // It may be answered before all was sent, and then nobody takes the rest: a client that goes on waiting for that waits until its deadline.
        await Task.WhenAny(WriteAsync(call.RequestStream, request, partLength), call.ResponseAsync);
        return await call.ResponseAsync;
    }

    private static async Task WriteAsync(IClientStreamWriter<UploadImportFileRequest> stream, UploadImportFileRequest request, int partLength)
    {
        try
        {
            var bytes = request.File.Data.Memory;
            await stream.WriteAsync(new UploadImportFileRequest(request) { File = new HttpBody { ContentType = request.File.ContentType } });
            for (var from = 0; from < bytes.Length; from += partLength)
                await stream.WriteAsync(Part(bytes.Slice(from, Math.Min(partLength, bytes.Length - from))));
            await stream.CompleteAsync();
        }
        catch (Exception over) when (over is RpcException or InvalidOperationException or IOException or OperationCanceledException)
        {
            // It was answered before all was sent.
        }
    }

    public static UploadImportFileRequest Part(ReadOnlyMemory<byte> bytes) => new() { File = new HttpBody { Data = UnsafeByteOperations.UnsafeWrap(bytes) } };

    /// <summary>Announces and uploads.</summary>
    public static async Task<Import> ImportAsync(this Scene scene, Sides sides, byte[] file, Mode mode = Mode.Complete, string mappingId = "", string name = "operations.csv")
    {
        var imports = scene.Imports(sides.Importer);
        var announced = Announce(sides.Delegation, file, mode, name);
        announced.MappingId = mappingId;
        return await imports.SendAsync(Upload(await imports.CreateImportAsync(announced, deadline: Deadline), file));
    }

    /// <summary>Announces and uploads lines of a kind, of the period of a portfolio.</summary>
    public static async Task<Import> ImportAsync(
        this Scene scene, Sides sides, Kind kind, byte[] file, DateOnly from, DateOnly to, Mode mode = Mode.Complete)
    {
        var imports = scene.Imports(sides.Importer);
        var announced = Announce(sides.Delegation, file, mode, "lines.csv");
        (announced.Kind, announced.PeriodStartDay, announced.PeriodEndDay) = (kind, $"{from:yyyy-MM-dd}", $"{to:yyyy-MM-dd}");
        return await imports.SendAsync(Upload(await imports.CreateImportAsync(announced, deadline: Deadline), file));
    }

    public static async Task<string> RejectsAsync(this V1.Imports.ImportsClient imports, Import import, string language = "en")
    {
        using var call = imports.DownloadRejectedLines(
            new DownloadRejectedLinesRequest { DelegationId = import.DelegationId, ImportId = import.Id }, new Metadata { { "accept-language", language } }, deadline: Deadline);
        var text = new StringBuilder();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
            text.Append(part.Data.ToStringUtf8());
        return text.ToString();
    }

    /// <summary>The operations as both sides read them now.</summary>
    public static async Task<IReadOnlyList<Operation>> OperationsAsync(this Scene scene, Sides sides, ListOperationsRequest? request = null)
    {
        request ??= new ListOperationsRequest();
        request.DelegationId = sides.Delegation.ToString();
        request.PageSize = 200;
        return (await new V1.Operations.OperationsClient(scene.As(sides.Reader)).ListOperationsAsync(request, deadline: Deadline)).Operations;
    }

    public static (long Read, long Accepted, long Rejected, long Added, long Changed, long Unchanged) Counts(this Import import) =>
        (import.ReadLines, import.AcceptedLines, import.RejectedLines, import.AddedLines, import.ChangedLines, import.UnchangedLines);
}
