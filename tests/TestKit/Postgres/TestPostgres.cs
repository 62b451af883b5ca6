#if OWN_CLUSTER
using Aspire.Hosting.Local.Postgres;
using Delegation.TestKit.Cluster;
#endif
using Npgsql;

namespace Delegation.TestKit;

/// <summary>
/// The PostgreSQL server of the tests: one disposable server for all test processes, or the one that the variable
/// <c>PLATFORM_TEST_POSTGRES</c> names by an administrator's connection string.
/// </summary>
public static class TestPostgres
{
    /// <summary>The variable that points the tests to an existing server.</summary>
    public const string ServerVariable = "PLATFORM_TEST_POSTGRES";

    /// <summary>
    /// Connections of one data source: <see cref="MaxConnections"/> lets 25 of them be busy at once. A service holds one for each journal that
    /// it follows, for as long as it lives.
    /// </summary>
    public const int PoolSize = 20;

    /// <summary>Connections of the disposable server.</summary>
    public const int MaxConnections = 500;

    private static readonly Lazy<Task<string>> Server = new(FindServerAsync);

    /// <summary>An administrator's connection string, without a database.</summary>
    public static Task<string> GetAdminConnectionStringAsync() => Server.Value;

    /// <summary>A new, empty database.</summary>
    public static async Task<TestDatabase> CreateDatabaseAsync(CancellationToken cancellationToken = default) =>
        await TestDatabase.CloneAsync(await Server.Value, template: "template0", cancellationToken);

    /// <summary>
    /// A new database, cloned from a template. The template is built once per server and contents, by whichever process comes
    /// first; cloning it takes milliseconds. Roles belong to the server and not to a database: a builder finds those that
    /// another one made. Builders run one at a time over all processes.
    /// </summary>
    /// <param name="templateName">Up to 30 lower-case letters, digits and underscores.</param>
    /// <param name="buildTemplate">Fills the empty database whose administrator's connection string it gets.</param>
    /// <param name="contents">
    /// What the template is made from, such as the text of all migrations: another text is another template. Null stands for
    /// the assemblies of this test project.
    /// </param>
    /// <param name="server">An administrator's connection string to another server than the one of the tests.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<TestDatabase> CreateDatabaseAsync(
        string templateName, Func<string, Task> buildTemplate, string? contents = null, string? server = null, CancellationToken cancellationToken = default)
    {
        server ??= await Server.Value;
        var template = await DatabaseTemplate.BuildOnceAsync(server, templateName, contents, buildTemplate, cancellationToken);
        return await TestDatabase.CloneAsync(server, template, cancellationToken);
    }

    /// <summary>Why there is no server, null if there is one or can be. Does not start it.</summary>
    internal static string? WhyNone { get; } = FindReason();

    private static string? ExistingServer => Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } value ? value : null;

#if OWN_CLUSTER
    // Held to the end of the process.
    private static SharedCluster? _cluster;

    private static string? FindReason() => ExistingServer is null ? ServerAvailability.WhyNone(PostgresProgram.Definition) : null;

    private static async Task<string> FindServerAsync()
    {
        if (ExistingServer is { } existing)
        {
            return Normalised(existing);
        }

        _cluster = await SharedCluster.JoinAsync(ClusterFolder.Default, CancellationToken.None);
        return Normalised(_cluster.ConnectionString);
    }
#else
    private static string? FindReason() => ExistingServer is null ? $"Set {ServerVariable} to an administrator's connection string." : null;

    private static Task<string> FindServerAsync() =>
        Task.FromResult(Normalised(ExistingServer ?? throw new InvalidOperationException(WhyNone)));
#endif

    private static string Normalised(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = PoolSize, IncludeErrorDetail = true }.ConnectionString;
}
