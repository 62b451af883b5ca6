using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Delegation.Persistence;

/// <summary>What provisioning and migrations both do on a connection.</summary>
internal static class NpgsqlConnectionExtensions
{
    /// <summary>
    /// Opens a connection of its own, outside any pool, so that its locks and its role end with it. Statements may take as long as
    /// they need: a migration of a large table, or the wait for another migrator.
    /// </summary>
    public static async Task<NpgsqlConnection> OpenUnpooledAsync(string connectionString, string? database, CancellationToken cancellationToken)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            CommandTimeout = 0,
            ApplicationName = "migrator",
            IncludeFailedBatchedCommand = true, // or nobody knows which statement of a file failed
        };
        if (database is not null)
            builder.Database = database;

        var connection = new NpgsqlConnection(builder.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the lock of that name in this database; it is held until the connection closes.</summary>
    public static async Task LockAsync(this NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_advisory_lock(hashtextextended(@name, 0))";
        command.Parameters.AddWithValue("name", name);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs statements that take no parameters: DDL cannot have any.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The only variable parts are names of ServiceRoles and verifiers of ScramVerifier, whose alphabets need no quoting.")]
    public static async Task ExecuteAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
