using System.Security.Cryptography;
using System.Text;
using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using Npgsql;
using Kind = Delegation.Contracts.V1.DueAnnex.Types.Kind;

namespace Delegation.Contracts.Tests.Annexes;

/// <summary>What tests do with annexes of an agreement, in which everybody is of every department.</summary>
internal static class AnnexCalls
{
    private const int ChunkLength = 256 * 1024;

    public static async Task<Agreement> OpenAsync(ContractsHost host)
    {
        var agreement = await Agreement.OpenAsync(host);
        string[] departments = ["legal", "purchasing", "operations", "compliance"];
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        await connection.ExecuteAsync(
            "UPDATE member SET roles = roles || @departments, revision = revision + 1 WHERE subject = ANY (@subjects)",
            new { departments, subjects = new[] { agreement.Parties.InsurerSubject, agreement.Parties.DelegateSubject } });
        return agreement;
    }

    public static V1.Annexes.AnnexesClient Annexes(this ContractsHost host, Agreement agreement, bool insurer) =>
        new(host.As(insurer ? agreement.Parties.InsurerSubject : agreement.Parties.DelegateSubject));

    /// <summary>A small file that is a PDF by its bytes.</summary>
    public static byte[] Pdf(string text = "bonjour") => Encoding.UTF8.GetBytes($"%PDF-1.7\n{text}\n%%EOF\n");

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static RequestAnnexRequest Request(string delegationId, Kind kind = Kind.CybersecurityPolicy, Side provider = Side.Delegate) => new()
    {
        DelegationId = delegationId, Kind = kind, Provider = provider, DueDay = LetterOfEngagement.LetterCalls.Day(60),
    };

    public static UploadAnnexVersionRequest Upload(Annex annex, byte[] bytes, string name = "politique de sécurité.pdf", string type = "application/pdf") => new()
    {
        DelegationId = annex.DelegationId,
        AnnexId = annex.Id,
        FileName = name,
        Sha256 = Sha256(bytes),
        SizeBytes = bytes.Length,
        File = new HttpBody { ContentType = type, Data = ByteString.CopyFrom(bytes) },
    };

    /// <summary>Sends a request as a stream of messages of up to 256 KiB.</summary>
    public static async Task<AnnexVersion> SendAsync(this V1.Annexes.AnnexesClient annexes, UploadAnnexVersionRequest request, string language = "en")
    {
        using var call = annexes.UploadAnnexVersion(new Metadata { { "accept-language", language } }, deadline: People.Deadline);
        try
        {
            var bytes = request.File.Data.Memory;
            var first = new UploadAnnexVersionRequest(request) { File = new HttpBody { ContentType = request.File.ContentType } };
            await call.RequestStream.WriteAsync(first);
            for (var from = 0; from < bytes.Length; from += ChunkLength)
                await call.RequestStream.WriteAsync(Part(bytes.Slice(from, Math.Min(ChunkLength, bytes.Length - from))));
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception over) when (over is RpcException or InvalidOperationException)
        {
            // It was refused before all was sent; the answer tells how.
        }

        return await call;
    }

    public static UploadAnnexVersionRequest Part(ReadOnlyMemory<byte> bytes) => new() { File = new HttpBody { Data = UnsafeByteOperations.UnsafeWrap(bytes) } };

    public static async Task<(byte[] Bytes, string Type, string Disposition)> DownloadAsync(this V1.Annexes.AnnexesClient annexes, AnnexVersion version)
    {
        using var call = annexes.DownloadAnnexVersion(Download(version), deadline: People.Deadline);
        using var bytes = new MemoryStream();
        var type = "";
        await foreach (var part in call.ResponseStream.ReadAllAsync())
        {
            type += part.ContentType;
            part.Data.WriteTo(bytes);
        }

        return (bytes.ToArray(), type, (await call.ResponseHeadersAsync).GetValue("content-disposition") ?? "");
    }

    public static DownloadAnnexVersionRequest Download(AnnexVersion version) => new() { DelegationId = version.DelegationId, AnnexId = version.AnnexId, VersionId = version.Id };

    public static HandOverAnnexVersionRequest HandOver(AnnexVersion version, string expireDay = "") => new()
    {
        DelegationId = version.DelegationId, AnnexId = version.AnnexId, VersionId = version.Id, ExpireDay = expireDay,
    };

    public static ReviewAnnexVersionRequest Review(AnnexVersion version, Role department, bool approved = true, string comment = "") => new()
    {
        DelegationId = version.DelegationId, AnnexId = version.AnnexId, VersionId = version.Id, Department = department, Approved = approved, Comment = comment,
    };

    public static ApproveAnnexVersionRequest Approve(AnnexVersion version) => new()
    {
        DelegationId = version.DelegationId, AnnexId = version.AnnexId, VersionId = version.Id, Sha256 = version.Sha256,
    };

    /// <summary>The cybersecurity policy of the delegate, which compliance of the insurer reviewed and the insurer approved.</summary>
    public static async Task<Annex> ConcludeAsync(this ContractsHost host, Agreement agreement, string expireDay = "")
    {
        var (insurer, tpa) = (host.Annexes(agreement, insurer: true), host.Annexes(agreement, insurer: false));
        var annex = await insurer.RequestAnnexAsync(Request(agreement.Delegation.Id), deadline: People.Deadline);
        var draft = await tpa.SendAsync(Upload(annex, Pdf()));
        var version = await tpa.HandOverAnnexVersionAsync(HandOver(draft, expireDay), deadline: People.Deadline);
        await insurer.ReviewAnnexVersionAsync(Review(version, Role.Compliance), deadline: People.Deadline);
        return await insurer.ApproveAnnexVersionAsync(Approve(version), deadline: People.Deadline);
    }

    /// <summary>One value that the database holds.</summary>
    public static async Task<string?> ValueAsync(this ContractsHost host, string sql)
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        return await connection.QuerySingleAsync<string>(sql);
    }
}
