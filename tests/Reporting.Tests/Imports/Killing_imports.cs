#if OWN_CLUSTER
extern alias migrator;

using System.Diagnostics;
using Dapper;
using Delegation.Persistence;
using Delegation.Persistence.Migrations;
using Delegation.Portfolios;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Hosting;
using Delegation.TestKit.Tokens;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Npgsql;
using Xunit.Abstractions;
using Kind = Delegation.Reporting.V1.Import.Types.Kind;

namespace Delegation.Reporting.Tests.Imports;

/// <summary>The service and PostgreSQL, killed again and again at any moment of imports: each counts once, whole, or not at all.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class Killing_imports(ITestOutputHelper output)
{
    private const string Service = "reporting";
    private const int Kills = 8;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [PostgresFact]
    public async Task Whatever_is_killed_an_import_is_applied_once_and_whole()
    {
        var clock = Stopwatch.StartNew();
        await using var server = await OwnPostgres.StartNewAsync();
        await using var issuer = await TestIssuer.StartAsync();
        await new DatabaseMigrator(server.AdminConnectionString, TimeProvider.System).MigrateAsync(
            new ServiceDatabase(Service, MigrationSet.FromResources(typeof(migrator::Program).Assembly, Service), Service, Service + "_system", Service));
        string Connection(string role) => new NpgsqlConnectionStringBuilder(server.AdminConnectionString) { Database = Service, Username = role, Password = role, MaxPoolSize = 8, Timeout = 5 }.ConnectionString;
        var port = KillableProcess.FreePort();
        using var service = new KillableProcess(
            "Reporting.dll", [], ("GRPC_PORT", $"{port}"), ("DOTNET_ENVIRONMENT", "Development"), ("Authentication__Authority", issuer.Authority), ("Authentication__ClientId", Service),
            ("Authentication__ClientSecret", "any"), ("ConnectionStrings__database", Connection(Service)), ("ConnectionStrings__system", Connection(Service + "_system")),
            ("services__contracts__grpc__0", "http://127.0.0.1:1"), ("services__delivery__grpc__0", "http://127.0.0.1:1"));
        service.Start();

        var portfolio = new Portfolio(PortfolioPlan.OfBenefitLines(12_000, months: 3));
        using var written = new MemoryStream();
        portfolio.WriteBenefits(written, null, Defect.AmountMalformed);
        var (file, random, kills) = (written.ToArray(), new Random(20260314), 0);
        await using var administrator = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.AdminConnectionString) { Database = Service, Pooling = false });
        var (insurer, tpa) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await ExecuteAsync(administrator, "INSERT INTO membership VALUES (@Authority, 'somebody', @tpa, gen_random_uuid(), ARRAY['reporting'], 'delegate', 1)", new { issuer.Authority, tpa });
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var imports = new V1.Imports.ImportsClient(channel.Intercept(new Headers(("authorization", $"Bearer {issuer.Token("somebody", expires: DateTime.UtcNow.AddHours(1))}"))));
        // All lines but the header and the one that cannot be read.
        var whole = $"applied {file.Count(one => one == '\n') - 2} 1 1";
        var takes = TimeSpan.FromSeconds(1);
        for (var round = 0; kills < Kills; round++)
        {
            Assert.True(clock.Elapsed < Limit, $"{kills} kills only after {clock.Elapsed}");
            var delegation = Guid.CreateVersion7();
            await ExecuteAsync(administrator, "INSERT INTO delegation VALUES (@insurer, @delegation, @tpa, 'open', 1)", new { insurer, delegation, tpa });
            var announced = ImportCalls.Announce(delegation, file, name: "lines.csv");
            (announced.Kind, announced.PeriodStartDay, announced.PeriodEndDay) = (Kind.Benefits, $"{portfolio.Plan.FirstDay:yyyy-MM-dd}", $"{portfolio.Plan.LastDay:yyyy-MM-dd}");
            var import = new Import();
            await Eventually.Async(async () => (import = await imports.CreateImportAsync(announced, deadline: ImportCalls.Deadline)).Id.Length > 0, Limit);

            // The first round tells how long one takes; after that the end comes somewhere in between.
            var attempts = 0;
            for (var isApplied = false; !isApplied; attempts++)
            {
                var start = clock.Elapsed;
                var upload = imports.SendAsync(ImportCalls.Upload(import, file));
                var outcome = round == 0 || attempts > 1 ? Task.CompletedTask : KillAsync(random.Next((int)takes.TotalMilliseconds * 5 / 4), random.Next(3));
                try
                {
                    await upload;
                    isApplied = true;
                }
                catch (RpcException cut) when (cut.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Internal or StatusCode.Unknown)
                {
                    // Refused as a whole; it is sent again.
                }

                await outcome;
                takes = round == 0 ? clock.Elapsed - start : takes;

                // What was applied may have been so before the answer was lost.
                var state = await ComesBackAsync(() => StateAsync(administrator, import));
                Assert.Contains(state, isApplied ? [whole] : new[] { whole, "waiting 0 0 0" });
            }
        }

        output.WriteLine($"{kills} kills in {clock.Elapsed.TotalSeconds:0.0} s; one import takes {takes.TotalMilliseconds:0} ms");

        async Task KillAsync(int milliseconds, int what)
        {
            await Task.Delay(milliseconds);
            kills++;
            if (what == 0)
            {
                await server.KillAsync();
                await server.StartAsync();
            }
            else
            {
                service.Kill();
                service.Start();
            }
        }

    }

    // The state, the lines that count, the rejected ones, and the entries that tell of it.
    private static async Task<string> StateAsync(NpgsqlDataSource administrator, Import import)
    {
        await using var connection = await administrator.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<string>(
            """
            SELECT concat_ws(' ', state, (SELECT count(*) FROM benefit_line b WHERE b.delegation_id = i.delegation_id), (SELECT count(*) FROM rejected_line r WHERE r.import_id = i.import_id),
                             (SELECT count(*) FROM journal WHERE object_id = i.import_id AND revision = 2))
            FROM import i
            WHERE import_id = @id
            """,
            new { id = Guid.Parse(import.Id) }))!;
    }

    private static async Task<string> ComesBackAsync(Func<Task<string>> ask)
    {
        var answer = "";
        await Eventually.Async(async () => (answer = await ask()).Length > 0, Limit);
        return answer;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource administrator, string sql, object parameters)
    {
        await ComesBackAsync(async () =>
        {
            await using var connection = await administrator.OpenConnectionAsync();
            return $"{await connection.ExecuteAsync(sql, parameters)}";
        });
    }
}
#endif
