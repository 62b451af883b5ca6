using Dapper;
using Delegation.Persistence.Migrations;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Persistence.Tests.Provisioning;

public sealed class The_roles_of_a_service
{
    private static readonly (string, string) ATable = ("0001_thing.sql", "CREATE TABLE thing (id int PRIMARY KEY);");

    [PostgresFact]
    public async Task No_role_is_superuser_bypasses_policies_or_creates_databases_or_roles()
    {
        await using var service = await MadeUpService.CreateAsync();
        await service.MigrateAsync();

        Assert.Equal(3, await UnprivilegedRolesAsync(service));
    }

    [PostgresFact]
    public async Task A_role_that_was_raised_is_lowered_at_the_next_start()
    {
        await using var service = await MadeUpService.CreateAsync();
        await service.MigrateAsync();
        await using var administrator = await service.AdministratorAsync();
        await administrator.ExecuteAsync($"ALTER ROLE {service.Name} SUPERUSER; ALTER ROLE {service.Name}_owner BYPASSRLS LOGIN");

        await service.MigrateAsync();

        Assert.Equal(3, await UnprivilegedRolesAsync(service));
    }

    [PostgresFact]
    public async Task Only_the_role_for_requests_logs_in_when_it_alone_has_a_password()
    {
        await using var service = await MadeUpService.CreateAsync();
        await service.MigrateAsync();

        await using var allowed = await service.LogInAsync(service.Name);
        Assert.Equal(PostgresErrorCodes.InvalidPassword, await RefusalAsync(() => service.LogInAsync(service.Name, "wrong")));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, await RefusalAsync(() => service.LogInAsync($"{service.Name}_system")));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, await RefusalAsync(() => service.LogInAsync($"{service.Name}_owner")));
    }

    [PostgresFact]
    public async Task Another_password_holds_from_the_next_start_on()
    {
        await using var service = await MadeUpService.CreateAsync();
        await service.MigrateAsync();

        await service.MigrateAsync(new ServiceDatabase(service.Name, MigrationSet.Create([]), "Another-1", "System-1"));

        await using var request = await service.LogInAsync(service.Name, "Another-1");
        await using var system = await service.LogInAsync($"{service.Name}_system", "System-1");
        Assert.Equal(PostgresErrorCodes.InvalidPassword, await RefusalAsync(() => service.LogInAsync(service.Name)));
    }

    [PostgresFact]
    public async Task No_statement_carries_a_password()
    {
        await using var service = await MadeUpService.CreateAsync();
        using var statements = new StatementRecorder();

        await service.MigrateAsync(new ServiceDatabase(service.Name, MigrationSet.Create([]), "Secret-Request-1", "Secret-System-1"));

        Assert.Contains(statements.Containing(service.Name), statement => statement.Contains("SCRAM-SHA-256$", StringComparison.Ordinal));
        Assert.DoesNotContain(statements.Containing(service.Name), statement => statement.Contains("Secret-", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task A_service_cannot_even_connect_to_the_database_of_another()
    {
        await using var service = await MadeUpService.CreateAsync();
        await using var other = await MadeUpService.CreateAsync();
        await service.MigrateAsync();
        await other.MigrateAsync();

        Assert.Equal(
            PostgresErrorCodes.InsufficientPrivilege,
            await RefusalAsync(() => service.LogInAsync(service.Name, database: other.Name)));
    }

    [PostgresFact]
    public async Task An_administrator_who_is_no_superuser_is_enough()
    {
        await using var service = await MadeUpService.CreateAsync();
        await using var administrator = await OtherAdministrator.CreateAsync();

        await service.MigrateAsync(administrator.ConnectionString, ATable);
        var again = await service.MigrateAsync(administrator.ConnectionString, ATable);

        Assert.Empty(again.Applied);
        Assert.Equal(3, await UnprivilegedRolesAsync(service));
    }

    private static async Task<int> UnprivilegedRolesAsync(MadeUpService service)
    {
        await using var administrator = await service.AdministratorAsync();
        return await administrator.ExecuteScalarAsync<int>(
            """
            SELECT count(*) FROM pg_roles
            WHERE rolname IN (@name, @name || '_owner', @name || '_system')
              AND NOT (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication)
              AND rolcanlogin = (rolname <> @name || '_owner')
            """,
            new { name = service.Name });
    }

    private static async Task<string> RefusalAsync(Func<Task> attempt) => (await Assert.ThrowsAsync<PostgresException>(attempt)).SqlState;
}
