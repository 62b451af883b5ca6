using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Delegation.Persistence.Tenancy;

/// <summary>Opens transactions for what runs without a caller.</summary>
/// <param name="dataSource">Connects as the service's system role.</param>
public sealed class SystemSessions([FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource)
{
    /// <summary>Name of the connection string, and key of the data source, of the system role.</summary>
    public const string ConnectionName = "system";

    /// <summary>Opens one. Nothing goes to the database before its first statement.</summary>
    public async Task<SystemSession> OpenAsync(CancellationToken cancellationToken = default)
    {
        var (connection, transaction) = await dataSource.BeginAsync(cancellationToken);
        return new SystemSession(connection, transaction);
    }
}
