using System.Data;
using System.Data.Common;
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
    private readonly List<NpgsqlBatchCommand> _later = [];
    private ActsFor? _told;
    private ActsFor? _untold;
    private bool _disposed;

    private protected DatabaseSession(NpgsqlConnection connection, NpgsqlTransaction transaction, ActsFor? parties)
    {
        _connection = connection;
        _transaction = transaction;
        _untold = parties;
    }

    /// <summary>How long a statement may take; null for the limit of the connection, which is made for what people wait for.</summary>
    public TimeSpan? StatementLimit { get; set; }

    /// <summary>All rows of a query, buffered: lists are paged.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null, CancellationToken cancellationToken = default) =>
        [.. await _connection.QueryAsync<T>(await StatementAsync(sql, parameters, cancellationToken))];

    /// <summary>The rows of a query as they come, for what is too long to be in memory. No other statement runs before the reader is disposed of.</summary>
    public async Task<DbDataReader> ReadAsync(string sql, object? parameters = null, CancellationToken cancellationToken = default) =>
        await _connection.ExecuteReaderAsync(await StatementAsync(sql, parameters, cancellationToken));

    /// <summary>The one row of a query, or null when it has none.</summary>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public async Task<T?> FindAsync<T>(string sql, object? parameters = null, CancellationToken cancellationToken = default) =>
        await _connection.QuerySingleOrDefaultAsync<T>(await StatementAsync(sql, parameters, cancellationToken));

    /// <summary>Runs statements that answer no rows.</summary>
    /// <returns>How many rows they inserted, updated or deleted.</returns>
    public async Task<int> ExecuteAsync(string sql, object? parameters = null, CancellationToken cancellationToken = default) =>
        await _connection.ExecuteAsync(await StatementAsync(sql, parameters, cancellationToken));

    /// <summary>
    /// Starts a COPY into a table of the session itself, temporary as a rule: PostgreSQL takes none into a table with row-level security. It comes
    /// after a statement, which told for whom the session acts. Leaving it without completing it undoes it.
    /// </summary>
    public async Task<RawCopy> CopyAsync(string sql, CancellationToken cancellationToken = default)
    {
        var copy = await _connection.BeginRawBinaryCopyAsync(sql, cancellationToken);
        if (StatementLimit is { } limit)
            copy.WriteTimeout = copy.ReadTimeout = (int)limit.TotalMilliseconds;
        return new RawCopy(copy);
    }

    /// <summary>Makes everything that the session wrote permanent, at once. The session ends with it.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        if (_later.Count == 0)
        {
            await _transaction.CommitAsync(cancellationToken);
            return;
        }

        _later.Add(new NpgsqlBatchCommand("COMMIT"));
        await SendLaterAsync(cancellationToken);
    }

    /// <summary>Gives the connection back, once: whoever has it next has the driver's object of the transaction too.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Adds a statement that nobody waits for: it goes in one round trip with the commit, after all others. Who reads in this transaction what it
    /// writes calls <see cref="SendLaterAsync"/> before.
    /// </summary>
    internal async Task LaterAsync(NpgsqlBatchCommand statement, CancellationToken cancellationToken)
    {
        // It acts for whom it was added, so that has to be told first.
        if (_untold is not null)
            await ExecuteAsync("", cancellationToken: cancellationToken);
        _later.Add(statement);
    }

    /// <summary>Sends the statements that nobody waited for.</summary>
    internal async Task SendLaterAsync(CancellationToken cancellationToken)
    {
        if (_later.Count == 0)
            return;

        await using var batch = new NpgsqlBatch(_connection, _transaction);
        if (Seconds is { } seconds)
            batch.Timeout = seconds;
        foreach (var statement in _later)
            batch.BatchCommands.Add(statement);
        _later.Clear();
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>From the next statement on the session acts for somebody else.</summary>
    private protected void ActFor(Guid organization, Guid? person) => _untold = new ActsFor(organization, person) is var acts && acts == _told ? null : acts;

    private int? Seconds => StatementLimit is { } limit ? (int)limit.TotalSeconds : null;

    private async ValueTask<CommandDefinition> StatementAsync(string sql, object? parameters, CancellationToken cancellationToken)
    {
        if (_untold is not { } parties)
            return new CommandDefinition(sql, parameters, _transaction, Seconds, cancellationToken: cancellationToken);

        await SendLaterAsync(cancellationToken);

        // A procedure answers no rows, so whoever reads the result finds that of the statement alone.
        var all = new DynamicParameters(parameters);
        all.Add("session_organization", parties.Organization, DbType.Guid);
        all.Add("session_person", parties.Person, DbType.Guid);
        var act = "CALL act_for(@session_organization, @session_person)";
        if (parties.Auditing is { } auditing)
        {
            all.Add("session_mission", auditing.MissionId, DbType.Guid);
            all.Add("session_time", auditing.Time.UtcDateTime, DbType.DateTime);
            act = "CALL act_for_auditor(@session_organization, @session_person, @session_mission, @session_time)";
        }

        (_told, _untold) = (parties, null);
        return new CommandDefinition($"{act};\n{sql}", all, _transaction, Seconds, cancellationToken: cancellationToken);
    }

    /// <summary>For whom a session acts; an auditor's can only read.</summary>
    private protected sealed record ActsFor(Guid Organization, Guid? Person, Auditing? Auditing = null);
}
