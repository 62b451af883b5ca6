using System.IO.Compression;
using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.Contracts.Tests.Annexes;

/// <summary>A file that is not right is refused with field, reason and remedy, and nothing of it stays.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class Bad_uploads(ContractsHost host) : IClassFixture<ContractsHost>, IAsyncLifetime
{
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private static readonly byte[] Pdf = AnnexCalls.Pdf();

    private Agreement _agreement = null!;
    private Annex _annex = null!;

    public async Task InitializeAsync()
    {
        _agreement = await AnnexCalls.OpenAsync(host);
        _annex = await host.Annexes(_agreement, insurer: false).RequestAnnexAsync(AnnexCalls.Request(_agreement.Delegation.Id), deadline: People.Deadline);
    }

    public Task DisposeAsync()
    {
        host.Logs.AssertNoErrors();
        return Task.CompletedTask;
    }

    [PostgresFact]
    public async Task Content_that_is_not_what_it_is_said_to_be_is_refused()
    {
        await RefusedAsync(AnnexCalls.Upload(_annex, "<html></html>"u8.ToArray()), ("file", "FILE_TYPE_DIFFERS"));
        await RefusedAsync(AnnexCalls.Upload(_annex, Pdf, "image.png", "image/png"), ("file", "FILE_TYPE_DIFFERS"));
        await RefusedAsync(AnnexCalls.Upload(_annex, Zip("xl/workbook.xml"), "charte.docx", Docx), ("file", "FILE_TYPE_DIFFERS"));
        await RefusedAsync(AnnexCalls.Upload(_annex, [0xE9, (byte)'t', (byte)'e'], "liste.csv", "text/csv"), ("file", "FILE_TYPE_DIFFERS"));
        await RefusedAsync(AnnexCalls.Upload(_annex, [(byte)'a', 0, (byte)'b'], "liste.txt", "text/plain"), ("file", "FILE_TYPE_DIFFERS"));
        await RefusedAsync(AnnexCalls.Upload(_annex, "MZ"u8.ToArray(), "outil.exe", "application/x-msdownload"), ("file.content_type", "FILE_TYPE_UNKNOWN"));
        await RefusedAsync(AnnexCalls.Upload(_annex, Pdf, type: ""), ("file.content_type", "FILE_TYPE_REQUIRED"));
    }

    [PostgresFact]
    public async Task A_file_whose_end_is_missing_is_refused()
    {
        await RefusedAsync(AnnexCalls.Upload(_annex, Pdf[..^8]), ("file", "FILE_TRUNCATED"));
        await RefusedAsync(AnnexCalls.Upload(_annex, Zip("word/document.xml")[..^30], "charte.docx", Docx), ("file", "FILE_TRUNCATED"));

        var half = AnnexCalls.Upload(_annex, Pdf);
        half.File = new HttpBody { ContentType = "application/pdf", Data = ByteString.CopyFrom(Pdf[..^8]) };
        await RefusedAsync(half, ("file", "FILE_TRUNCATED"), ("size_bytes", "SIZE_BYTES_DIFFERS"), ("sha256", "SHA256_DIFFERS"));
    }

    [PostgresFact]
    public async Task Another_hash_and_an_empty_or_too_large_file_are_refused()
    {
        await RefusedAsync(new UploadAnnexVersionRequest(AnnexCalls.Upload(_annex, Pdf)) { Sha256 = new string('0', 64) }, ("sha256", "SHA256_DIFFERS"));
        await RefusedAsync(new UploadAnnexVersionRequest(AnnexCalls.Upload(_annex, Pdf)) { Sha256 = "abc", SizeBytes = -1 }, ("sha256", "SHA256_MALFORMED"), ("size_bytes", "SIZE_BYTES_NEGATIVE"));
        await RefusedAsync(AnnexCalls.Upload(_annex, []), ("file", "FILE_EMPTY"));
        await RefusedAsync(AnnexCalls.Upload(_annex, new byte[(100 * 1024 * 1024) + 1]), ("file", "FILE_TOO_LARGE"));
    }

    [PostgresTheory]
    [InlineData("../../etc/passwd.pdf", "FILE_NAME_IS_PATH")]
    [InlineData("C:\\plan.pdf", "FILE_NAME_IS_PATH")]
    [InlineData("..", "FILE_NAME_IS_PATH")]
    [InlineData("plan\0.pdf", "FILE_NAME_INVISIBLE_CHARACTER")]
    [InlineData("plan\r\nX: y.pdf", "FILE_NAME_INVISIBLE_CHARACTER")]
    [InlineData("plan\u202Efdp.pdf", "FILE_NAME_INVISIBLE_CHARACTER")]
    [InlineData("NUL.pdf", "FILE_NAME_RESERVED")]
    [InlineData("com1.pdf", "FILE_NAME_RESERVED")]
    [InlineData("plan?.pdf", "FILE_NAME_RESERVED")]
    [InlineData(".pdf", "FILE_NAME_RESERVED")]
    [InlineData("plan.pdf.", "FILE_NAME_RESERVED")]
    [InlineData("plan.exe", "FILE_NAME_ENDING_DIFFERS")]
    [InlineData(" ", "FILE_NAME_REQUIRED")]
    public async Task A_name_that_plays_tricks_is_refused(string name, string reason) =>
        await RefusedAsync(AnnexCalls.Upload(_annex, Pdf, name), ("file_name", reason));

    [PostgresFact]
    public async Task A_very_long_name_is_refused()
    {
        await RefusedAsync(AnnexCalls.Upload(_annex, Pdf, new string('a', 100_000) + ".pdf"), ("file_name", "FILE_NAME_TOO_LONG"));
        await RefusedAsync(AnnexCalls.Upload(_annex, Pdf, new string('é', 190) + ".pdf"), ("file_name", "FILE_NAME_TOO_LONG"));
    }

    [PostgresFact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        var before = await host.RowsAsync();
        using var call = host.Annexes(_agreement, insurer: false).UploadAnnexVersion(deadline: People.Deadline);
        await call.RequestStream.WriteAsync(AnnexCalls.Upload(_annex, Pdf));
        await call.RequestStream.WriteAsync(AnnexCalls.Part(new byte[200_000]));
        await Eventually.Async(() => Task.FromResult(FilesComingIn() == 1));
        call.Dispose();

        await Eventually.Async(() => Task.FromResult(FilesComingIn() == 0));
        Assert.Equal(before, await host.RowsAsync());
    }

    // Temporary files that this process holds open and that have no name any more; nothing else runs meanwhile.
    private static int FilesComingIn() => Directory.GetFiles("/proc/self/fd")
        .Select(Target)
        .Count(target => target.StartsWith(Path.GetTempPath(), StringComparison.Ordinal) && target.EndsWith("(deleted)", StringComparison.Ordinal));

    private static string Target(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget ?? "";
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return "";
        }
    }

    private static byte[] Zip(string part)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("[Content_Types].xml");
            using var content = zip.CreateEntry(part).Open();
            content.Write("<document/>"u8);
        }

        return bytes.ToArray();
    }

    // In both languages, each with its remedy; and no table has another row.
    private async Task RefusedAsync(UploadAnnexVersionRequest request, params (string Field, string Reason)[] expected)
    {
        var before = await host.RowsAsync();
        var texts = new List<string>();
        foreach (var language in new[] { "en", "fr" })
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(() => host.Annexes(_agreement, insurer: false).SendAsync(request, language));
            Assert.Equal(expected.Order(), refusal.Violations().Select(violation => (violation.Field, violation.Reason)).Order());
            Assert.All(refusal.FieldViolations(), violation => Assert.Equal(language, violation.LocalizedMessage.Locale));
            Assert.All(refusal.FieldViolations(), violation => Assert.True(violation.LocalizedMessage.Message.Count(character => character == '.') >= 2 || violation.LocalizedMessage.Message.Length > 40));
            texts.Add(string.Join('\n', refusal.FieldViolations().Select(violation => violation.LocalizedMessage.Message)));
        }

        Assert.NotEqual(texts[0], texts[1]);
        Assert.Equal(before, await host.RowsAsync());
    }
}
