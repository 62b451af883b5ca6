using System.Data;
using Dapper;
using Npgsql;

namespace Delegation.Persistence.Tenancy;

/// <summary>
/// One transaction of one role. For whom it acts is told to the database in the round trip of its first statement, and forgotten
/// with the transaction: a pooled connection carries nothing over. Leaving without a commit undoes everything.
/// </summary>
public abstract class DatabaseSession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private (Guid Organization, Guid? Person)? _untold;

    private protected DatabaseSession(NpgsqlConnection connection, NpgsqlTransaction transaction, (Guid Organization, Guid? Person)? parties)
    {
        _connection = connection;
        _transaction = transaction;
        _untold = parties;
    }

    /// <summary>How long a statement may take; null for the limit of the connection, which is made for what people wait for.</summary>
    public TimeSpan? StatementLimit { get; set; }

    /// <summary>All rows of a query, buffered: lists are paged.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null, CancellationToken cancellationToken = default) =>
        [.. await _connection.QueryAsync<T>(Statement(sql, parameters, cancellationToken))];

    /// <summary>The one row of a query, or null when it has none.</summary>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public async Task<T?> FindAsync<T>(string sql, object? parameters = null, CancellationToken cancellationToken = default) =>
        await _connection.QuerySingleOrDefaultAsync<T>(Statement(sql, parameters, cancellationToken));

    /// <summary>Runs statements that answer no rows.</summary>
    /// <returns>How many rows they inserted, updated or deleted.</returns>
    public Task<int> ExecuteAsync(string sql, object? parameters = null, CancellationToken cancellationToken = default) =>
        _connection.ExecuteAsync(Statement(sql, parameters, cancellationToken));

    /// <summary>
    /// Starts a COPY into a table of the session itself, temporary as a rule: PostgreSQL takes none into a table with row-level security. It comes
    /// after a statement, which told for whom the session acts. Leaving it without completing it undoes it.
    /// </summary>
    public async Task<NpgsqlBinaryImporter> CopyAsync(string sql, CancellationToken cancellationToken = default)
    {
        var copy = await _connection.BeginBinaryImportAsync(sql, cancellationToken);
        if (StatementLimit is { } limit)
            copy.Timeout = limit;
        return copy;
    }

    /// <summary>Makes everything that the session wrote permanent, at once. The session ends with it.</summary>
    public Task CommitAsync(CancellationToken cancellationToken = default) => _transaction.CommitAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>From the next statement on the session acts for somebody else.</summary>
    private protected void ActFor(Guid organization, Guid? person) => _untold = (organization, person);

    private int? Seconds => StatementLimit is { } limit ? (int)limit.TotalSeconds : null;

    private CommandDefinition Statement(string sql, object? parameters, CancellationToken cancellationToken)
    {
        if (_untold is not { } parties)
            return new CommandDefinition(sql, parameters, _transaction, Seconds, cancellationToken: cancellationToken);

        // A procedure answers no rows, so whoever reads the result finds that of the statement alone.
        var all = new DynamicParameters(parameters);
        all.Add("session_organization", parties.Organization, DbType.Guid);
        all.Add("session_person", parties.Person, DbType.Guid);
        _untold = null;

        return new CommandDefinition($"CALL act_for(@session_organization, @session_person);\n{sql}", all, _transaction, Seconds, cancellationToken: cancellationToken);
    }
}
