using Npgsql;

namespace Delegation.Persistence.Provisioning;

/// <summary>
/// Makes the database and the roles of a service be there, with the given passwords and no right too many. Everything here may
/// run again at each start, and on a server where the administrator is no superuser (CREATEDB and CREATEROLE are enough).
/// </summary>
internal static class Provisioner
{
    public static async Task ProvisionAsync(NpgsqlConnection server, ServiceDatabase database, CancellationToken cancellationToken)
    {
        var roles = database.Roles;

        // Two migrators at once would race between "is there" and "create".
        await server.LockAsync($"provision {roles.Request}", cancellationToken);
        await server.ExecuteAsync(
            string.Join('\n',
                Role(roles.Owner, "NOLOGIN"),
                Role(roles.Request, Login(database.RequestPassword)),
                Role(roles.System, database.SystemPassword is { } password ? Login(password) : "LOGIN PASSWORD NULL"),
                Role(roles.Auditor, "NOLOGIN"),
                ReadForAuditors(roles),
                BecomeAbleToActAs(roles.Owner)),
            cancellationToken);

        if (!await ExistsAsync(server, database.Name, cancellationToken))
            await CreateAsync(server, database, cancellationToken);

        await server.ExecuteAsync(
            $"""
            ALTER DATABASE {database.Name} OWNER TO {roles.Owner};
            REVOKE ALL ON DATABASE {database.Name} FROM PUBLIC;
            GRANT CONNECT ON DATABASE {database.Name} TO {roles.Request}, {roles.System};
            """,
            cancellationToken);
    }

    // A role that somebody raised is lowered again. Only then: who is no superuser may not even name these attributes.
    private static string Role(string name, string login) =>
        $"""
        DO $$
        DECLARE role pg_roles;
        BEGIN
            SELECT * INTO role FROM pg_roles WHERE rolname = '{name}';
            IF NOT FOUND THEN
                CREATE ROLE {name};
            ELSIF role.rolsuper OR role.rolbypassrls OR role.rolcreatedb OR role.rolcreaterole OR role.rolreplication THEN
                ALTER ROLE {name} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
            END IF;
            ALTER ROLE {name} {login};
        END $$;
        """;

    // Taken on for a transaction and never inherited: what auditors may see does not come into the plans of anybody else.
    private static string ReadForAuditors(ServiceRoles roles) =>
        $"""
        ALTER ROLE {roles.Request} NOINHERIT;
        GRANT {roles.Auditor} TO {roles.Request};
        """;

    private static string Login(string password) => $"LOGIN PASSWORD '{ScramVerifier.Of(password)}'";

    // A superuser is everybody already.
    private static string BecomeAbleToActAs(string owner) =>
        $"""
        DO $$
        BEGIN
            IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
                GRANT {owner} TO CURRENT_USER;
            END IF;
        END $$;
        """;

    private static async Task<bool> ExistsAsync(NpgsqlConnection server, string database, CancellationToken cancellationToken)
    {
        await using var command = server.CreateCommand();
        command.CommandText = "SELECT pg_encoding_to_char(encoding)::text FROM pg_database WHERE datname = @database";
        command.Parameters.AddWithValue("database", database);

        return await command.ExecuteScalarAsync(cancellationToken) switch
        {
            null => false,
            "UTF8" => true,
            var other => throw new Migrations.MigrationException($"database {database} has the encoding {other}; it must be UTF8. Drop it to have it created."),
        };
    }

    private static async Task CreateAsync(NpgsqlConnection server, ServiceDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            // template0: nobody can be connected to it, which would make this fail, and it takes any encoding.
            await server.ExecuteAsync($"CREATE DATABASE {database.Name} OWNER {database.Roles.Owner} TEMPLATE template0 ENCODING 'UTF8'", cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            // An orchestrator that declares databases creates them too, at this same moment; what follows makes it ours.
        }
    }
}
