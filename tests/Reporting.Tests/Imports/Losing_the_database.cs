#if OWN_CLUSTER
using Dapper;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Delegation.TestKit.Hosting;
using Grpc.Core;
using Npgsql;
using Mode = Delegation.Reporting.V1.Import.Types.Mode;

namespace Delegation.Reporting.Tests.Imports;

/// <summary>An import in the middle of which PostgreSQL is killed, or its caller goes: it is refused as a whole, and made again as a whole.</summary>
public sealed class Losing_the_database(Losing_the_database.Victim victim) : IClassFixture<Losing_the_database.Victim>, IAsyncLifetime
{
    private const int Lines = 30_000;

    private readonly OwnPostgres _server = victim.Server;
    private readonly ServiceHost<Program> _host = new("reporting", ReportingHost.Migrations, server: victim.Server.AdminConnectionString);

    public Task InitializeAsync()
    {
        _host.Settings["services:contracts:grpc:0"] = _host.Settings["services:delivery:grpc:0"] = "http://127.0.0.1:1";
        return _host.InitializeAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    // At the rejected lines, at the versions of operations, and at the journal entry.
    [PostgresTheory]
    [InlineData("rejected_line")]
    [InlineData("operation")]
    [InlineData("journal")]
    public async Task Killed_in_the_middle_it_leaves_nothing_and_is_applied_once_when_the_file_is_sent_again(string waitsFor)
    {
        var sides = await _host.Scene.SidesAsync();
        await _host.Scene.ImportAsync(sides, ImportCalls.Csv("R1;devis;2026-04-01;;;;", "KEPT;devis;2026-04-01;;;;"));
        var file = ImportCalls.Csv([.. Enumerable.Range(1, Lines).Select(i => $"R{i};{(i % 100 == 0 ? "x" : "devis")};2026-04-02;;;;")]);
        var imports = _host.Scene.Imports(sides.Importer);
        var import = await imports.CreateImportAsync(ImportCalls.Announce(sides.Delegation, file, Mode.Replace), deadline: ImportCalls.Deadline);

        // It waits for a table when the server goes.
        await using var administrator = Administrator();
        await using var connection = await administrator.OpenConnectionAsync();
        await connection.ExecuteAsync($"BEGIN; LOCK TABLE {waitsFor} IN SHARE MODE");
        var cutOff = Assert.ThrowsAsync<RpcException>(() => imports.SendAsync(ImportCalls.Upload(import, file)));
        await Eventually.Async(async () => await AskAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
        // The driver may say that it could not end a transaction with a server that is gone.
        _host.Logs.Expect(entry => entry.Category.StartsWith("Npgsql", StringComparison.Ordinal));
        await _server.KillAsync();
        await _server.StartAsync();

        Assert.Equal((StatusCode.Unavailable, "DATABASE_UNAVAILABLE"), (await cutOff).Kind());
        Assert.Equal("waiting,2,0,0", await StateAsync(import));
        await AppliedOnceAsync(sides, import, file);
        _host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task A_caller_that_goes_in_the_middle_leaves_nothing_and_can_come_again()
    {
        var sides = await _host.Scene.SidesAsync();
        await _host.Scene.ImportAsync(sides, ImportCalls.Csv("R1;devis;2026-04-01;;;;", "KEPT;devis;2026-04-01;;;;"));
        var file = ImportCalls.Csv([.. Enumerable.Range(1, Lines).Select(i => $"R{i};{(i % 100 == 0 ? "x" : "devis")};2026-04-02;;;;")]);
        var imports = _host.Scene.Imports(sides.Importer);
        var import = await imports.CreateImportAsync(ImportCalls.Announce(sides.Delegation, file, Mode.Replace), deadline: ImportCalls.Deadline);

        // Once while bytes come, with what came so far being told; once while its lines are being written.
        using (var call = imports.UploadImportFile(deadline: ImportCalls.Deadline))
        {
            await call.RequestStream.WriteAsync(ImportCalls.Upload(import, file[..1000]));
            await Eventually.Async(async () => (await imports.GetImportAsync(
                new GetImportRequest { DelegationId = import.DelegationId, ImportId = import.Id }, deadline: ImportCalls.Deadline)).Progress?.ReceivedBytes == 1000);
        }

        await using var administrator = Administrator();
        await using (var connection = await administrator.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("BEGIN; LOCK TABLE operation IN SHARE MODE");
            using var call = imports.UploadImportFile(deadline: ImportCalls.Deadline);
            await call.RequestStream.WriteAsync(ImportCalls.Upload(import, file));
            await call.RequestStream.CompleteAsync();
            await Eventually.Async(async () => await AskAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
            call.Dispose();
            await Eventually.Async(async () => await AskAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE usename = 'reporting' AND state LIKE '%transaction%' OR usename = 'reporting' AND wait_event_type = 'Lock'") == 0);
            await connection.ExecuteAsync("ROLLBACK");
        }

        Assert.Equal("waiting,2,0,0", await StateAsync(import));
        await AppliedOnceAsync(sides, import, file);
        _host.Logs.AssertNoErrors();
    }

    // The pool may still hold connections that the server ended; each costs one attempt.
    private async Task AppliedOnceAsync(Sides sides, Import import, byte[] file)
    {
        var applied = new Import();
        await Eventually.Async(
            async () =>
            {
                applied = await _host.Scene.Imports(sides.Importer).SendAsync(ImportCalls.Upload(import, file));
                return true;
            },
            TimeSpan.FromSeconds(60));

        Assert.Equal((Lines, Lines - (Lines / 100), Lines / 100, Lines - (Lines / 100) - 1, 1, 0), applied.Counts());
        Assert.Equal(1, applied.WithdrawnOperations);
        var again = await _host.Scene.Imports(sides.Importer).SendAsync(ImportCalls.Upload(import, file));
        Assert.Equal(new Import(applied) { Progress = null }, new Import(again) { Progress = null });
        Assert.Equal($"applied,{2 + Lines - (Lines / 100) + 1},{Lines / 100},1", await StateAsync(import));
    }

    // The import's state, and how many versions, rejected lines and entries of it there are.
    private Task<string> StateAsync(Import import) => AskAsync<string>(
        $"""
        SELECT concat_ws(',', (SELECT state FROM import WHERE import_id = '{import.Id}'), (SELECT count(*) FROM operation WHERE delegation_id = '{import.DelegationId}'),
            (SELECT count(*) FROM rejected_line WHERE delegation_id = '{import.DelegationId}'), (SELECT count(*) FROM journal WHERE object_id = '{import.Id}' AND revision = 2))
        """);

    private async Task<T> AskAsync<T>(string sql)
    {
        await using var source = Administrator();
        await using var connection = await source.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    private NpgsqlDataSource Administrator() =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_host.Database.AdminConnectionString) { Pooling = false }.ConnectionString);

    /// <summary>The server of these tests, which run one after the other.</summary>
    public sealed class Victim : IAsyncLifetime
    {
        public OwnPostgres Server { get; private set; } = null!;

        public async Task InitializeAsync() => Server = await OwnPostgres.StartNewAsync();

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }
}
#endif
