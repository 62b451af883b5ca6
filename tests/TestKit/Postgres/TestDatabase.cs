using Npgsql;

namespace Delegation.TestKit;

/// <summary>A database of one test or test class, dropped when it is disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly Lazy<NpgsqlDataSource> _admin;

    private TestDatabase(string server, string name)
    {
        _server = server;
        Name = name;
        _admin = new Lazy<NpgsqlDataSource>(() => NpgsqlDataSource.Create(AdminConnectionString));
    }

    /// <summary>The name of the database.</summary>
    public string Name { get; }

    /// <summary>The administrator's connection string: a superuser, whom no policy binds.</summary>
    public string AdminConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = Name }.ConnectionString;

    /// <summary>The administrator's connections, for tests that need one again and again: a data source of one's own costs as much as a hundred statements.</summary>
    public NpgsqlDataSource Admin => _admin.Value;

    /// <summary>The connection string of another role. Its pool has <see cref="TestPostgres.PoolSize"/> connections at most.</summary>
    /// <param name="role">A role with LOGIN.</param>
    /// <param name="password">The password that the role was given.</param>
    public string ConnectionStringFor(string role, string password) =>
        new NpgsqlConnectionStringBuilder(AdminConnectionString) { Username = role, Password = password }.ConnectionString;

    /// <summary>Drops the database, ending the sessions that are still in it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_admin.IsValueCreated)
            await _admin.Value.DisposeAsync();

        await Sql.ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {Sql.Quoted(Name)} WITH (FORCE)", CancellationToken.None);
    }

    internal static async Task<TestDatabase> CloneAsync(string server, string template, CancellationToken cancellationToken)
    {
        var name = $"test_{Guid.NewGuid():N}";
        await Sql.ExecuteAsync(server, $"CREATE DATABASE {Sql.Quoted(name)} TEMPLATE {Sql.Quoted(template)}", cancellationToken);

        // Whoever owns a database may create objects in its schema "public"; a clone belongs to whoever clones.
        var owner = await Sql.ScalarAsync<string>(
            server, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = $1", template, cancellationToken);
        await Sql.ExecuteAsync(server, $"ALTER DATABASE {Sql.Quoted(name)} OWNER TO {Sql.Quoted(owner!)}", cancellationToken);
        return new TestDatabase(server, name);
    }
}
