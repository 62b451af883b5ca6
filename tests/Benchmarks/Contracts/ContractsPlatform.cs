extern alias migrator;

using System.Globalization;
using Dapper;
using Delegation.Benchmarks.Gateway;
using Delegation.Persistence;
using Delegation.Persistence.Access;
using Delegation.Persistence.Migrations;
using Delegation.TestKit;
using Delegation.TestKit.Tokens;
using Npgsql;

namespace Delegation.Benchmarks.Contracts;

/// <summary>Contracts as it runs for users behind our gateway, each a process of its own, on a database with many delegations of one insurer and one delegate.</summary>
internal sealed class ContractsPlatform : IAsyncDisposable
{
    public const string InsurerSubject = "of the insurer";
    public const string DelegateSubject = "of the delegate";

    private const string Service = "contracts";

    // Also their passwords, as in tests: roles exist once per server, and those who share it must not change each other's.
    private const string SystemRole = Service + "_system";

    private readonly TestDatabase _database;

    private ContractsPlatform(TestDatabase database) => _database = database;

    public static Guid Insurer { get; } = Id(0x8000, 1);

    public static Guid Delegate { get; } = Id(0x9000, 1);

    public GatewayProcess Gateway { get; private set; } = null!;

    /// <summary>The role that serves requests, as which pgbench comes too.</summary>
    public string RequestConnectionString => _database.ConnectionStringFor(Service, Service);

    /// <summary>The delegation of a number, the first being 1: they are listed in this order.</summary>
    public static Guid DelegationId(int number) => Id(0xa000, number);

    public Guid PersonOf(string subject) => new Person(Gateway.Issuer.Authority, subject).Id;

    public static async Task<ContractsPlatform> StartAsync(int delegations, CancellationToken cancellation)
    {
        var platform = new ContractsPlatform(await TestPostgres.CreateDatabaseAsync(cancellation));
        try
        {
            await new DatabaseMigrator(platform._database.AdminConnectionString, TimeProvider.System).MigrateAsync(
                new ServiceDatabase(Service, MigrationSet.FromResources(typeof(migrator::Program).Assembly, Service), Service, SystemRole, platform._database.Name),
                cancellationToken: cancellation);
            platform.Gateway = await GatewayProcess.StartAsync(cancellation, platform.StartContractsAsync);
            await platform.FillAsync(delegations);
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    public async Task<long> CountDraftsAsync()
    {
        await using var administrator = new NpgsqlConnection(_database.AdminConnectionString);
        return await administrator.QuerySingleAsync<long>("SELECT count(*) FROM delegation_draft");
    }

    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null)
            await Gateway.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Task<ServerProcess> StartContractsAsync(TestIssuer issuer) => ServerProcess.StartDotnetAsync(
        Repository.Output("src/Contracts", "Contracts.dll"),
        _ => [],
        port => new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["GRPC_PORT"] = $"{port}",
            ["HTTP_PORT"] = "0",
            ["Authentication__Authority"] = issuer.Authority,
            ["Authentication__ClientId"] = Service,
            ["Authentication__ClientSecret"] = "any",
            ["ConnectionStrings__database"] = Pool(RequestConnectionString),
            ["ConnectionStrings__system"] = _database.ConnectionStringFor(SystemRole, SystemRole),
            ["Logging__LogLevel__Default"] = "Warning",
        },
        CancellationToken.None);

    // As many connections as there are calls at a time, which pgbench has too.
    private static string Pool(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = ContractsBenchmark.AtOnce }.ConnectionString;

    private async Task FillAsync(int delegations)
    {
        await using var administrator = new NpgsqlConnection(_database.AdminConnectionString);
        await administrator.OpenAsync();
        await administrator.ExecuteAsync(
            """
            SET session_replication_role = replica;
            INSERT INTO organization (owner_id, kind, legal_name, siren, create_time)
            VALUES (@Insurer, 'mutual', 'Mutuelle', '775685399', '2026-01-01'), (@Delegate, 'delegate', 'Gestion', '552100554', '2026-01-01');
            INSERT INTO membership VALUES
                (@issuer, @InsurerSubject, @Insurer, @ofInsurer, ARRAY['delegation_manager'], 'insurer', 1),
                (@issuer, @DelegateSubject, @Delegate, @ofDelegate, ARRAY['delegation_manager'], 'delegate', 1);
            CREATE FUNCTION pg_temp.numbered(number int) RETURNS uuid LANGUAGE sql IMMUTABLE
                RETURN ('00000000-0000-7000-a000-' || lpad(to_hex(number), 12, '0'))::uuid;
            INSERT INTO delegation (owner_id, delegation_id, delegate_id, state, revision)
            SELECT @Insurer, pg_temp.numbered(i), @Delegate, 'open', 1 FROM generate_series(1, @delegations) i;
            INSERT INTO delegation_profile (owner_id, delegation_id, delegate_id, title, insurer_legal_name, insurer_siren, delegate_legal_name, delegate_siren,
                                            reference_data, planned_start_day, create_time, update_time)
            SELECT @Insurer, pg_temp.numbered(i), @Delegate, 'Santé collective ' || i, 'Mutuelle', '775685399', 'Gestion', '552100554',
                   '{}', '2026-07-01', '2026-01-01', '2026-01-01' FROM generate_series(1, @delegations) i;
            RESET session_replication_role;
            """,
            new
            {
                Insurer, Delegate, InsurerSubject, DelegateSubject, delegations, issuer = Gateway.Issuer.Authority, ofInsurer = PersonOf(InsurerSubject), ofDelegate = PersonOf(DelegateSubject),
            },
            commandTimeout: 600);
        await administrator.ExecuteAsync("VACUUM ANALYZE", commandTimeout: 600);
    }

    private static Guid Id(int kind, int number) => Guid.ParseExact(string.Create(CultureInfo.InvariantCulture, $"00000000-0000-7000-{kind:x4}-{number:x12}"), "D");
}
