using System.Data;
using Npgsql;

namespace Delegation.Persistence.Tenancy;

/// <summary>Opens transactions for callers.</summary>
/// <param name="dataSource">Connects as the service's role for requests.</param>
public sealed class TenantSessions(NpgsqlDataSource dataSource)
{
    /// <summary>Opens one. Nothing goes to the database before its first statement.</summary>
    public async Task<TenantSession> OpenAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        var (connection, transaction) = await dataSource.BeginAsync(cancellationToken);
        return new TenantSession(connection, transaction, caller);
    }

    /// <summary>Opens one that sees everything as of its first statement, whatever is written meanwhile.</summary>
    public async Task<TenantSession> OpenSnapshotAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        var (connection, transaction) = await dataSource.BeginAsync(cancellationToken, IsolationLevel.RepeatableRead);
        return new TenantSession(connection, transaction, caller);
    }
}
