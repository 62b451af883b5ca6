using Delegation.Persistence;
using Delegation.Persistence.Migrations;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Benchmarks.Paging;

/// <summary>A service's database with two tables of the same million rows: one under the policy of its kind, one open.</summary>
internal sealed class MillionRows : IAsyncDisposable
{
    private const string Service = "paging";

    // Rows of an organisation lie all over the table, as they do when all organisations write at once.
    private const string Tables =
        """
        CREATE FUNCTION organization(side text, number int) RETURNS uuid LANGUAGE sql IMMUTABLE
            RETURN ('00000000-0000-7000-' || side || '-' || lpad(to_hex(number), 12, '0'))::uuid;
        CREATE TABLE paged (
            owner_id uuid NOT NULL, delegation_id uuid NOT NULL, delegate_id uuid NOT NULL, row_id uuid NOT NULL,
            visibility text NOT NULL, body text NOT NULL, PRIMARY KEY (owner_id, row_id));
        CREATE INDEX paged_by_delegate ON paged (delegate_id, row_id);
        COMMENT ON TABLE paged IS 'kind: party';
        INSERT INTO paged
        SELECT organization('8000', i % 20), organization('a000', i % 100), organization('9000', i % 100 / 10), md5('row' || i)::uuid,
               (ARRAY['both', 'both', 'insurer', 'delegate'])[1 + i / 100 % 4], 'What was said about case ' || i
        FROM generate_series(1, 1000000) i;
        CREATE TABLE paged_open (LIKE paged INCLUDING ALL);
        INSERT INTO paged_open SELECT * FROM paged;
        CALL declare_table('paged');
        GRANT SELECT ON paged, paged_open TO {request};
        ANALYZE paged, paged_open;
        """;

    private readonly TestDatabase _database;

    private MillionRows(TestDatabase database) => _database = database;

    public string RequestConnectionString => _database.ConnectionStringFor(Service, Service);

    /// <summary>One of 20 insurers (owner) or 10 delegates.</summary>
    public static Guid OrganizationId(string side, int number) => Guid.ParseExact($"00000000-0000-7000-{(side == "owner" ? "8000" : "9000")}-{number:x12}", "D");

    public static async Task<MillionRows> CreateAsync(CancellationToken cancellation)
    {
        var database = await TestPostgres.CreateDatabaseAsync(cancellation);
        var migrations = MigrationSet.Create([Migration.Parse("0001_paging.sql", Tables)]);
        await new DatabaseMigrator(database.AdminConnectionString, TimeProvider.System).MigrateAsync(
            new ServiceDatabase(Service, migrations, Service, name: database.Name), cancellationToken: cancellation);

        // Sets the visibility bits of the pages, which otherwise the first reader does.
        await using var administrator = NpgsqlDataSource.Create(database.AdminConnectionString);
        foreach (var table in new[] { "paged", "paged_open" })
        {
            await using var vacuum = administrator.CreateCommand($"VACUUM {table}");
            await vacuum.ExecuteNonQueryAsync(cancellation);
        }

        return new MillionRows(database);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
