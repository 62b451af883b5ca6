using Npgsql;

namespace Delegation.Persistence.Migrations;

/// <summary>Applies what is pending, each file in a transaction with its line in the history, as the database's owner.</summary>
internal sealed class MigrationRunner(NpgsqlConnection connection, ServiceDatabase database, TimeProvider clock)
{
    private const string PlatformOrigin = "platform";
    private const string ServiceOrigin = "service";

    // A schema apart: the roles that serve requests have no right in it. The first release knew one set of migrations only, so
    // that a history without origin is one of the service's.
    private const string History =
        """
        CREATE SCHEMA IF NOT EXISTS migrations;
        CREATE TABLE IF NOT EXISTS migrations.applied (
            version    integer     PRIMARY KEY,
            file_name  text        NOT NULL,
            checksum   text        NOT NULL,
            apply_time timestamptz NOT NULL
        );
        DO $$
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'migrations.applied'::regclass AND attname = 'origin') THEN
                ALTER TABLE migrations.applied
                    ADD COLUMN origin text NOT NULL DEFAULT 'service' CHECK (origin IN ('platform', 'service')),
                    DROP CONSTRAINT applied_pkey,
                    ADD PRIMARY KEY (origin, version);
                COMMENT ON TABLE migrations.applied IS 'kind: system';
            END IF;
        END $$;
        """;

    /// <summary>
    /// Applies what is pending, the platform's set before the service's own, and answers both together: what was applied, and the
    /// migrations that only a newer release knows.
    /// </summary>
    /// <exception cref="MigrationException">A migration failed or was altered; nothing of it remains in the database.</exception>
    public async Task<MigrationPlan> RunAsync(Action<int> applied, CancellationToken cancellationToken)
    {
        var roles = database.Roles;

        // Whoever waited here finds the work done: what was applied is read under the lock.
        await connection.LockAsync("migrations", cancellationToken);
        await connection.ExecuteAsync(
            $"""
            SET ROLE {roles.Owner};
            REVOKE ALL ON SCHEMA public FROM PUBLIC;
            GRANT USAGE ON SCHEMA public TO {roles.Request}, {roles.System}, {roles.Auditor};
            SET client_min_messages = warning;
            {History}
            """,
            cancellationToken);

        var platform = MigrationPlan.Create(database.Platform, await AppliedAsync(PlatformOrigin, cancellationToken));
        var service = MigrationPlan.Create(database.Migrations, await AppliedAsync(ServiceOrigin, cancellationToken));
        var pending = platform.Pending.Select(file => (Origin: PlatformOrigin, File: file))
            .Concat(service.Pending.Select(file => (Origin: ServiceOrigin, File: file)))
            .ToArray();

        var done = database.TotalMigrations - pending.Length;
        applied(done);
        foreach (var (origin, migration) in pending)
        {
            await ApplyAsync(origin, migration, cancellationToken);
            applied(++done);
        }

        return new MigrationPlan([.. pending.Select(next => next.File)], [.. platform.Newer, .. service.Newer]);
    }

    private async Task ApplyAsync(string origin, Migration migration, CancellationToken cancellationToken)
    {
        var statements = migration.StatementsFor(database.Roles);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var statement in statements)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement.Text));

        batch.BatchCommands.Add(Record(origin, migration));
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException exception)
        {
            throw Failure(migration, statements, batch, exception);
        }
    }

    private NpgsqlBatchCommand Record(string origin, Migration migration) =>
        new("INSERT INTO migrations.applied (origin, version, file_name, checksum, apply_time) VALUES (@origin, @version, @file_name, @checksum, @apply_time)")
        {
            Parameters =
            {
                new() { ParameterName = "origin", Value = origin },
                new() { ParameterName = "version", Value = migration.Version },
                new() { ParameterName = "file_name", Value = migration.FileName },
                new() { ParameterName = "checksum", Value = migration.Checksum },
                new() { ParameterName = "apply_time", Value = clock.GetUtcNow() },
            },
        };

    private static MigrationException Failure(Migration migration, IReadOnlyList<SqlStatement> statements, NpgsqlBatch batch, PostgresException exception)
    {
        var index = exception.BatchCommand is { } failed ? batch.BatchCommands.IndexOf((NpgsqlBatchCommand)failed) : -1;
        var place = index >= 0 && index < statements.Count ? $"{migration.FileName}:{statements[index].LineAt(exception.Position)}" : migration.FileName;
        var hint = exception.Hint is { } text ? $" {text}" : "";

        return new MigrationException($"{place}: {exception.MessageText} (SQLSTATE {exception.SqlState}).{hint}", exception);
    }

    private async Task<IReadOnlyList<AppliedMigration>> AppliedAsync(string origin, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT version, file_name, checksum FROM migrations.applied WHERE origin = @origin ORDER BY version";
        command.Parameters.AddWithValue("origin", origin);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);

        var applied = new List<AppliedMigration>();
        while (await reader.ReadAsync(cancellationToken))
            applied.Add(new AppliedMigration(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));

        return applied;
    }
}
