using System.Data;
using Npgsql;

namespace Delegation.Persistence.Tenancy;

/// <summary>How every session starts.</summary>
internal static class Transactions
{
    /// <summary>A transaction on a connection of the pool. Npgsql sends BEGIN together with the first statement.</summary>
    public static async Task<(NpgsqlConnection Connection, NpgsqlTransaction Transaction)> BeginAsync(
        this NpgsqlDataSource dataSource, CancellationToken cancellationToken, IsolationLevel isolation = IsolationLevel.Unspecified)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            return (connection, await connection.BeginTransactionAsync(isolation, cancellationToken));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
