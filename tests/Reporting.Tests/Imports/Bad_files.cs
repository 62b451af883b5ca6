using System.Text;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Grpc.Core;

namespace Delegation.Reporting.Tests.Imports;

/// <summary>Files that cannot be taken: each is refused by name, in two languages, and leaves nothing; a right one can be sent afterwards.</summary>
public sealed class Bad_files(Bad_files.Host host) : IClassFixture<Bad_files.Host>, IDisposable
{
    private const string Line = "R1;devis;2026-04-02;;;;";
    private const string Nir = "255081416802538";

    private static byte[] Right => ImportCalls.Csv(Line);

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task An_empty_file_is_refused() => await RefusedAsync([], "FILE_EMPTY");

    [PostgresFact]
    public async Task A_file_without_lines_is_refused() => await RefusedAsync(ImportCalls.Csv(), "LINES_MISSING");

    [PostgresFact]
    public async Task A_file_without_header_is_refused() => await RefusedAsync(";;\nR1;devis;2026-04-02\n"u8.ToArray(), "HEADER_MISSING");

    [PostgresFact]
    public async Task Bytes_that_are_no_text_are_refused() => await RefusedAsync([0x50, 0x4B, 3, 4, 0, 0, 1, 2], "FILE_TYPE_DIFFERS");

    [PostgresFact]
    public async Task A_text_in_utf_16_is_refused() => await RefusedAsync([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("reference;kind;receive\nR1;devis;2026-04-02\n")], "FILE_TYPE_DIFFERS");

    [PostgresFact]
    public async Task A_quote_that_nobody_closes_is_refused_with_its_line()
    {
        var refusal = await RefusedAsync(ImportCalls.Csv(Line, "\"R2;devis;2026-04-02;;;;", "R3;devis;2026-04-02;;;;"), "CSV_MALFORMED");

        Assert.Contains("line 3", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task What_is_called_gzip_and_is_none_is_refused() => await RefusedAsync(Right, "FILE_DAMAGED", "a.csv.gz");

    [PostgresFact]
    public async Task A_gzip_file_whose_end_is_missing_is_refused()
    {
        var packed = ImportCalls.Gzip(ImportCalls.Csv([.. Enumerable.Range(0, 20_000).Select(i => $"R{i};devis;2026-04-02;;;;")]));

        await RefusedAsync(packed[..(packed.Length / 2)], "FILE_TRUNCATED", "a.csv.gz");
        await RefusedAsync(packed[..^3], "FILE_TRUNCATED", "a.csv.gz");
        await RefusedAsync(packed[..12], "FILE_TRUNCATED", "a.csv.gz");
        packed[packed.Length / 2] ^= 0x55;
        await RefusedAsync(packed, "FILE_DAMAGED", "a.csv.gz");
    }

    [PostgresFact]
    public async Task A_gzip_file_that_becomes_too_large_is_refused_while_it_is_unpacked()
    {
        await RefusedAsync(ImportCalls.Gzip(Encoding.ASCII.GetBytes(ImportCalls.Header + "\n" + new string('\n', 40_000_000)), System.IO.Compression.CompressionLevel.SmallestSize), "FILE_COMPRESSED_TOO_MUCH", "a.csv.gz");

        // Less compressed, and more than this host takes.
        var random = new Random(1);
        await RefusedAsync(
            ImportCalls.Gzip(ImportCalls.Csv([.. Enumerable.Range(0, 1_200_000).Select(i => $"R{random.Next()};devis;2026-04-02;;;;")])), "FILE_TOO_LARGE", "a.csv.gz");
    }

    [PostgresFact]
    public async Task A_file_larger_than_the_platform_takes_is_refused_before_more_is_read() =>
        await RefusedAsync(new byte[Host.LargestFileBytes + 1], "FILE_TOO_LARGE");

    [PostgresFact]
    public async Task A_file_other_than_the_announced_one_is_refused()
    {
        var sides = await host.Scene.SidesAsync();
        var import = await CreateAsync(sides, Right, "a.csv");

        await RefusedAsync(sides, ImportCalls.Upload(import, ImportCalls.Csv("R2;devis;2026-04-02;;;;")), ("file", "SHA256_DIFFERS"));
        await RefusedAsync(sides, ImportCalls.Upload(import, Right[..^3]), ("file", "SHA256_DIFFERS"));
        var asGzip = ImportCalls.Upload(import, Right);
        asGzip.File.ContentType = "application/gzip";
        await RefusedAsync(sides, asGzip, ("file.content_type", "FILE_TYPE_DIFFERS"));
        asGzip.File.ContentType = "text/html";
        await RefusedAsync(sides, asGzip, ("file.content_type", "FILE_TYPE_DIFFERS"));

        Assert.Equal(1, (await host.Scene.Imports(sides.Importer).SendAsync(ImportCalls.Upload(import, Right))).AcceptedLines);
    }

    [PostgresTheory]
    [InlineData("../../etc/passwd.csv", "FILE_NAME_IS_PATH")]
    [InlineData("C:\\a.csv", "FILE_NAME_IS_PATH")]
    [InlineData("a\0.csv", "FILE_NAME_INVISIBLE_CHARACTER")]
    [InlineData("NUL.csv", "FILE_NAME_RESERVED")]
    [InlineData("a.exe", "FILE_NAME_ENDING_DIFFERS")]
    [InlineData("a.gz", "FILE_NAME_ENDING_DIFFERS")]
    [InlineData("", "FILE_NAME_REQUIRED")]
    public async Task A_name_that_plays_tricks_is_refused(string name, string reason)
    {
        var sides = await host.Scene.SidesAsync();
        var before = await host.TablesAsync();

        var refusal = await Refusals.ThrownBy(host.Scene.Imports(sides.Importer).CreateImportAsync(ImportCalls.Announce(sides.Delegation, Right, name: name), deadline: ImportCalls.Deadline));

        Assert.Equal([("file_name", reason)], refusal.Violations());
        Assert.Equal(before, await host.TablesAsync());
    }

    [PostgresTheory]
    [InlineData("NIR", "x")]
    [InlineData("Nom", "x")]
    [InlineData("Courriel", "x")]
    [InlineData("Téléphone", "x")]
    [InlineData("IBAN", "x")]
    [InlineData("Libellé", Nir)]
    [InlineData("Libellé", "Mme Petit")]
    [InlineData("Libellé", "quelqu.un@exemple.fr")]
    [InlineData("Libellé", "06 12 34 56 78")]
    [InlineData("Libellé", "FR7630006000011234567890189")]
    public async Task A_column_that_looks_like_data_of_people_is_refused_by_its_name_even_if_nothing_of_it_would_be_kept(string header, string value)
    {
        var file = Encoding.UTF8.GetBytes($"reference;kind;receive;{header}\nR1;devis;2026-04-02;{value}\nR2;devis;2026-04-03;{value}\n");

        var refusal = await RefusedAsync(file, "COLUMN_PERSONAL");

        Assert.Contains($"\"{header}\"", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_column_that_is_missing_or_there_twice_is_named()
    {
        Assert.Contains("\"receive\"", (await RefusedAsync("reference;kind\nR1;devis\n"u8.ToArray(), "COLUMN_MISSING")).Status.Detail, StringComparison.Ordinal);
        Assert.Contains("\"Nature\"", (await RefusedAsync("reference;kind;receive;Nature\nR1;devis;2026-04-02;devis\n"u8.ToArray(), "HEADER_TWICE")).Status.Detail, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task An_announcement_tells_all_mistakes_at_once()
    {
        var sides = await host.Scene.SidesAsync();

        var refusal = await Refusals.ThrownBy(host.Scene.Imports(sides.Importer).CreateImportAsync(
            new CreateImportRequest { DelegationId = "x", PeriodStartDay = "2026-04-01", PeriodEndDay = "2199-04-01", FileName = "a.txt", Sha256 = "x", MappingId = "x" }, deadline: ImportCalls.Deadline));

        Assert.Equal(
            ["DELEGATION_ID_MALFORMED", "KIND_REQUIRED", "MODE_REQUIRED", "PERIOD_TOO_LONG", "FILE_NAME_ENDING_DIFFERS", "SHA256_MALFORMED", "MAPPING_ID_MALFORMED"],
            refusal.Violations().Select(violation => violation.Reason));
        var ahead = ImportCalls.Announce(sides.Delegation, Right);
        (ahead.PeriodStartDay, ahead.PeriodEndDay) = ("2199-04-01", "2199-04-30");
        Assert.Equal(
            [("period_end_day", "PERIOD_END_DAY_AHEAD")], (await Refusals.ThrownBy(host.Scene.Imports(sides.Importer).CreateImportAsync(ahead, deadline: ImportCalls.Deadline))).Violations());
    }

    [PostgresFact]
    public async Task A_closed_delegation_takes_no_import()
    {
        var sides = await host.Scene.SidesAsync();
        var import = await CreateAsync(sides, Right, "a.csv");
        await host.ExecuteAsync($"UPDATE delegation SET state = 'closed' WHERE delegation_id = '{sides.Delegation}'");

        var upload = await Assert.ThrowsAsync<RpcException>(() => host.Scene.Imports(sides.Importer).SendAsync(ImportCalls.Upload(import, Right)));
        var create = await Assert.ThrowsAsync<RpcException>(() => CreateAsync(sides, Right, "b.csv"));

        Assert.Equal(["DELEGATION_CLOSED", "DELEGATION_CLOSED"], [upload.Reason(), create.Reason()]);
    }

    private async Task<RpcException> RefusedAsync(byte[] file, string reason, string name = "a.csv")
    {
        var sides = await host.Scene.SidesAsync();
        return await RefusedAsync(sides, ImportCalls.Upload(await CreateAsync(sides, file, name), file), ("file", reason));
    }

    private async Task<RpcException> RefusedAsync(Sides sides, UploadImportFileRequest request, (string Field, string Reason) expected)
    {
        var before = await host.TablesAsync();
        var english = await Assert.ThrowsAsync<RpcException>(() => host.Scene.Imports(sides.Importer).SendAsync(request));
        var french = await Assert.ThrowsAsync<RpcException>(() => host.Scene.Imports(sides.Importer).SendAsync(request, "fr"));

        Assert.Equal([expected], english.Violations().Distinct());
        Assert.NotEqual(english.Text(), french.Text());
        Assert.Equal(before, await host.TablesAsync());
        return english;
    }

    private async Task<Import> CreateAsync(Sides sides, byte[] file, string name) =>
        await host.Scene.Imports(sides.Importer).CreateImportAsync(ImportCalls.Announce(sides.Delegation, file, name: name), deadline: ImportCalls.Deadline);

    /// <summary>The service with bounds that a test can reach.</summary>
    public sealed class Host : TestKit.Hosting.ServiceHost<Program>
    {
        public const int LargestFileBytes = 8 * 1024 * 1024;

        public Host()
            : base("reporting", ReportingHost.Migrations)
        {
            Settings["services:contracts:grpc:0"] = Settings["services:delivery:grpc:0"] = "http://127.0.0.1:1";
            Settings["Imports:LargestFileBytes"] = $"{LargestFileBytes}";
            Settings["Imports:LargestUnpackedBytes"] = $"{30 * 1024 * 1024}";
        }

        /// <summary>How many rows each table of imports and the journal have; progress apart, which says how far a refused one came.</summary>
        internal async Task<string> TablesAsync()
        {
            await using var administrator = new Npgsql.NpgsqlConnection(Database.AdminConnectionString);
            return string.Join(',', await Dapper.SqlMapper.QueryAsync<long>(
                administrator, "SELECT count(*) FROM import UNION ALL SELECT count(*) FROM operation UNION ALL SELECT count(*) FROM rejected_line UNION ALL SELECT count(*) FROM journal UNION ALL SELECT sum(revision) FROM import"));
        }

        internal async Task ExecuteAsync(string sql)
        {
            await using var administrator = new Npgsql.NpgsqlConnection(Database.AdminConnectionString);
            await Dapper.SqlMapper.ExecuteAsync(administrator, sql);
        }
    }
}
