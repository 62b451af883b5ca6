using Npgsql;

namespace Delegation.TestKit;

/// <summary>Single statements on the server's own database, each on a connection of its own.</summary>
internal static class Sql
{
    public static string Quoted(string identifier) => new NpgsqlCommandBuilder().QuoteIdentifier(identifier);

    public static async Task ExecuteAsync(string server, string statement, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(server, cancellationToken);
        await ExecuteAsync(connection, statement, cancellationToken);
    }

    public static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // statements about databases take no parameters; names in them are quoted
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<T?> ScalarAsync<T>(string server, string statement, object parameter, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(server, cancellationToken);
#pragma warning disable CA2100 // the statements are constants of this assembly
        await using var command = new NpgsqlCommand(statement, connection) { Parameters = { new NpgsqlParameter { Value = parameter } } };
#pragma warning restore CA2100
        return (T?)await command.ExecuteScalarAsync(cancellationToken);
    }

    public static async Task<NpgsqlConnection> OpenAsync(string server, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
