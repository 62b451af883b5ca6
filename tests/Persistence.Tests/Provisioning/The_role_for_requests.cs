using Dapper;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Persistence.Tests.Provisioning;

/// <summary>A database with a table that the role was given and one that it was not.</summary>
public sealed class The_role_for_requests(The_role_for_requests.Fixture fixture) : IClassFixture<The_role_for_requests.Fixture>
{
    [PostgresTheory]
    [InlineData("CREATE TABLE other (id int)")]
    [InlineData("CREATE SCHEMA other")]
    [InlineData("CREATE TEMPORARY TABLE other (id int)")]
    [InlineData("ALTER TABLE given ADD COLUMN more int")]
    [InlineData("DROP TABLE given")]
    [InlineData("TRUNCATE given")]
    [InlineData("DELETE FROM given")]
    [InlineData("SELECT * FROM kept")]
    [InlineData("SELECT * FROM migrations.applied")]
    [InlineData("SET ROLE {0}_owner")]
    [InlineData("CREATE ROLE {0}_more")]
    [InlineData("CREATE DATABASE {0}_more")]
    public async Task May_do_nothing_that_a_migration_did_not_grant(string statement)
    {
        await using var request = await fixture.Service.LogInAsync(fixture.Service.Name);
        var sql = statement.Replace("{0}", fixture.Service.Name, StringComparison.Ordinal);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => request.ExecuteAsync(sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [PostgresFact]
    public async Task May_do_what_a_migration_granted()
    {
        await using var request = await fixture.Service.LogInAsync(fixture.Service.Name);

        await request.ExecuteAsync("INSERT INTO given VALUES (1)");

        Assert.Equal(1, await request.ExecuteScalarAsync<int>("SELECT id FROM given"));
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private MadeUpService? _service;

        internal MadeUpService Service => _service!;

        public async Task InitializeAsync()
        {
            _service = await MadeUpService.CreateAsync();
            await _service.MigrateAsync(("0001_tables.sql", $"CREATE TABLE given (id int); CREATE TABLE kept (id int); GRANT SELECT, INSERT ON given TO {_service.Name};"));
        }

        public async Task DisposeAsync()
        {
            if (_service is not null)
                await _service.DisposeAsync();
        }
    }
}
