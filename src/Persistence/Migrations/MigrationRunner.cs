using Npgsql;

namespace Delegation.Persistence.Migrations;

/// <summary>Applies what is pending, each file in a transaction with its line in the history, as the database's owner.</summary>
internal sealed class MigrationRunner(NpgsqlConnection connection, ServiceDatabase database, TimeProvider clock)
{
    // A schema apart: the roles that serve requests have no right in it.
    private const string History =
        """
        CREATE SCHEMA IF NOT EXISTS migrations;
        CREATE TABLE IF NOT EXISTS migrations.applied (
            version    integer     PRIMARY KEY,
            file_name  text        NOT NULL,
            checksum   text        NOT NULL,
            apply_time timestamptz NOT NULL
        );
        """;

    /// <summary>Applies what is pending and answers the migrations that only a newer release knows.</summary>
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
            GRANT USAGE ON SCHEMA public TO {roles.Request}, {roles.System};
            SET client_min_messages = warning;
            {History}
            """,
            cancellationToken);

        var plan = MigrationPlan.Create(database.Migrations, await AppliedAsync(cancellationToken));
        var done = database.Migrations.Migrations.Count - plan.Pending.Count;
        applied(done);

        foreach (var migration in plan.Pending)
        {
            await ApplyAsync(migration, cancellationToken);
            applied(++done);
        }

        return plan;
    }

    private async Task ApplyAsync(Migration migration, CancellationToken cancellationToken)
    {
        var statements = SqlScript.Statements(migration.Sql);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var statement in statements)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement.Text));

        batch.BatchCommands.Add(Record(migration));
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

    private NpgsqlBatchCommand Record(Migration migration) =>
        new("INSERT INTO migrations.applied (version, file_name, checksum, apply_time) VALUES (@version, @file_name, @checksum, @apply_time)")
        {
            Parameters =
            {
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

    private async Task<IReadOnlyList<AppliedMigration>> AppliedAsync(CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT version, file_name, checksum FROM migrations.applied ORDER BY version";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);

        var applied = new List<AppliedMigration>();
        while (await reader.ReadAsync(cancellationToken))
            applied.Add(new AppliedMigration(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));

        return applied;
    }
}
