using Dapper;
using Delegation.Migrator;
using Delegation.Persistence.Migrations;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Persistence.Tests.Tenancy;

public sealed class The_catalogue_of_a_database(ServiceWithParties parties) : IClassFixture<ServiceWithParties>
{
    [PostgresTheory]
    [InlineData("contracts")]
    [InlineData("delivery")]
    [InlineData("reporting")]
    [InlineData("watch")]
    public async Task Every_table_of_a_service_declares_its_kind_and_obeys_it(string service)
    {
        var migrations = MigrationSet.FromResources(typeof(ServiceDatabases).Assembly, service);
        await using var database = await TestPostgres.CreateDatabaseAsync(
            service,
            administrator => new DatabaseMigrator(administrator, TimeProvider.System).MigrateAsync(
                new ServiceDatabase(service, migrations, service, $"{service}_system", new NpgsqlConnectionStringBuilder(administrator).Database)),
            contents: string.Concat(MigrationSet.Platform.Migrations.Concat(migrations.Migrations).Select(migration => migration.Checksum)));
        await using var administrator = new NpgsqlConnection(database.AdminConnectionString);
        await administrator.OpenAsync();

        Assert.Empty(await CatalogueRules.BrokenAsync(administrator, service));
    }

    [PostgresFact]
    public async Task Tables_declared_by_the_rules_break_none()
    {
        await using var administrator = await parties.Service.AdministratorAsync();

        Assert.Empty(await CatalogueRules.BrokenAsync(administrator, parties.Service.Name));
    }

    [PostgresTheory]
    [InlineData("CREATE TABLE planted (id int PRIMARY KEY)", "planted: declares no kind")]
    [InlineData("COMMENT ON TABLE note IS 'kind: parties'", "note: declares no kind")]
    [InlineData("COMMENT ON TABLE note IS 'kind: organisation'", "note: has no policy tenant that is is_owner(owner_id, ( SELECT app_org() AS app_org))")]
    [InlineData("RESET ROLE; ALTER TABLE note OWNER TO CURRENT_USER", "note: belongs to postgres")]
    // Lines need no foreign key of their own, but a policy that looks up their import.
    [InlineData("COMMENT ON TABLE note IS 'kind: party, lines'", "note: has no policy tenant that is is_party(owner_id, delegate_id, visibility, ( SELECT app_org() AS app_org))")]
    [InlineData("ALTER TABLE note DISABLE ROW LEVEL SECURITY", "note: row-level security is off")]
    [InlineData("ALTER TABLE note NO FORCE ROW LEVEL SECURITY", "note: row-level security is not forced")]
    [InlineData("ALTER POLICY tenant ON note USING (true)", "note: has no policy tenant that is is_party(owner_id, delegate_id, visibility, ( SELECT app_org() AS app_org))")]
    [InlineData("ALTER POLICY tenant ON note WITH CHECK (true)", "note: has no policy tenant that is is_party(owner_id, delegate_id, visibility, ( SELECT app_org() AS app_org))")]
    [InlineData("ALTER POLICY tenant ON note TO PUBLIC", "note: has no policy tenant that is is_party(owner_id, delegate_id, visibility, ( SELECT app_org() AS app_org))")]
    [InlineData("DROP POLICY owner ON profile", "profile: has no policy for its owner, whose backfills would change nothing")]
    [InlineData("CREATE POLICY more ON note USING (true)", "note: has a policy more that is not of its kind")]
    [InlineData("CREATE POLICY system ON note TO {0} USING (true)", "note: has a policy system that is not of its kind")]
    [InlineData("ALTER TABLE note ALTER COLUMN visibility DROP NOT NULL", "note: has no column visibility that is text NOT NULL")]
    [InlineData("ALTER TABLE note DROP CONSTRAINT note_pkey, ALTER COLUMN delegate_id DROP NOT NULL", "note: has no column delegate_id that is uuid NOT NULL")]
    [InlineData("ALTER TABLE note DROP CONSTRAINT note_pkey", "note: has no primary key")]
    [InlineData("ALTER TABLE note ADD UNIQUE (note_id)", "note: key note_note_id_key does not start with owner_id")]
    [InlineData("CREATE UNIQUE INDEX planted ON note (lower(body))", "note: key planted does not start with owner_id")]
    [InlineData("ALTER TABLE note DROP CONSTRAINT note_owner_id_delegation_id_delegate_id_fkey", "note: does not refer to its delegation with all three columns")]
    [InlineData("DROP INDEX note_by_delegate", "note: has no index for the delegate's side")]
    [InlineData("GRANT TRUNCATE ON note TO {0}", "note: {0} may TRUNCATE")]
    [InlineData("GRANT INSERT ON code TO {0}", "code: {0} may INSERT")]
    [InlineData("GRANT SELECT ON progress TO PUBLIC", "progress: {0} may SELECT")]
    [InlineData("GRANT SELECT (subject) ON membership TO {0}", "membership: {0} may SELECT some columns")]
    [InlineData("GRANT SELECT ON note TO {0}_system", "note: is granted to {0}_system, which no policy lets see a row")]
    [InlineData("CREATE VIEW planted AS SELECT * FROM note", "planted: is a view with the rights of its owner")]
    [InlineData("CREATE MATERIALIZED VIEW planted AS SELECT * FROM note", "planted: knows no policies")]
    [InlineData("CREATE FUNCTION planted() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'", "planted(): runs with the rights of its owner and has no search_path of its own")]
    [InlineData("GRANT EXECUTE ON FUNCTION membership_of TO PUBLIC", "membership_of(text,text): runs with the rights of its owner for everybody")]
    [InlineData("RESET ROLE; ALTER ROLE {0} BYPASSRLS", "{0}: is a superuser or goes round policies")]
    [InlineData("RESET ROLE; GRANT {0}_owner TO {0}", "{0}: may act as another role, {0}_owner")]
    public async Task A_broken_rule_is_found(string planted, string sentence)
    {
        var service = parties.Service.Name;
        await using var administrator = await parties.Service.AdministratorAsync();

        // Undone with the transaction, also for roles.
        await using var transaction = await administrator.BeginTransactionAsync();
        await administrator.ExecuteAsync($"SET LOCAL ROLE {service}_owner; {planted.Replace("{0}", service, StringComparison.Ordinal)}; RESET ROLE");

        Assert.Contains(sentence.Replace("{0}", service, StringComparison.Ordinal), await CatalogueRules.BrokenAsync(administrator, service));
    }

    [PostgresFact]
    public async Task A_reference_by_id_alone_is_found()
    {
        var service = parties.Service.Name;
        await using var administrator = await parties.Service.AdministratorAsync();
        await using var transaction = await administrator.BeginTransactionAsync();

        await administrator.ExecuteAsync("ALTER TABLE profile ADD UNIQUE (motto); ALTER TABLE note ADD FOREIGN KEY (body) REFERENCES profile (motto) NOT VALID");

        Assert.Contains("note: refers to profile without owner_id", await CatalogueRules.BrokenAsync(administrator, service));
    }
}
