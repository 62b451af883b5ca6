using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Aspire.Hosting.Local.Postgres;
using Aspire.Hosting.Local.Servers;
using Npgsql;

namespace Delegation.TestKit.Cluster;

/// <summary>
/// One disposable PostgreSQL server for all test processes that run at the same time. The first comer creates it; it ends
/// after the last one.
/// </summary>
internal sealed class SharedCluster : IDisposable
{
    private const string Superuser = "postgres";
    private static readonly TimeSpan SetupLimit = TimeSpan.FromMinutes(8); // somebody may be installing packages
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly InterProcessLock _use;

    private SharedCluster(InterProcessLock use, string connectionString)
    {
        _use = use;
        ConnectionString = connectionString;
    }

    /// <summary>The superuser's connection string, without a database.</summary>
    public string ConnectionString { get; }

    /// <summary>Finds the running server or creates one. Until this is disposed or the process ends, the server stays.</summary>
    public static async Task<SharedCluster> JoinAsync(ClusterFolder folder, CancellationToken cancellationToken)
    {
        await ServerAvailability.InstallAsync(PostgresProgram.Definition, cancellationToken);

        folder.Create();
        using var setup = await InterProcessLock.ExclusiveAsync(folder.SetupLock, SetupLimit, cancellationToken);

        // The watcher of a cluster that is just being stopped holds this one.
        var use = await InterProcessLock.SharedAsync(folder.UsersLock, ShutdownLimit, cancellationToken);
        try
        {
            if (folder.ReadCurrent() is { } current && await AnswersAsync(current.ConnectionString, cancellationToken))
            {
                return new SharedCluster(use, current.ConnectionString);
            }

            folder.DeleteLeftovers();
            var created = await CreateAsync(folder, cancellationToken);
            folder.WriteCurrent(created);
            return new SharedCluster(use, created.ConnectionString);
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    public void Dispose() => _use.Dispose();

    private static async Task<RunningCluster> CreateAsync(ClusterFolder folder, CancellationToken cancellationToken)
    {
        var servers = await ServerFinder.FindUsableAsync(PostgresProgram.Definition, cancellationToken);
        var account = PostgresProgram.Definition.Account;
        var place = folder.NewCluster();
        var cluster = new PostgresCluster(servers[0], Path.Combine(place, "data"), account, Durable: false);
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await cluster.CreateIfMissingAsync(Superuser, password, cancellationToken);

        var port = FreePort();
        var arguments = PostgresSettings.Arguments(cluster, "tests", port, TestPostgres.MaxConnections);
        var (program, all) = account is null ? (servers[0].Path, arguments) : account.Wrap(servers[0].Path, arguments);
        Watcher.Start(folder.UsersLock, place, cluster.Directory, program, all);

        var connectionString = new NpgsqlConnectionStringBuilder
        {
            Host = "localhost", Port = port, Username = Superuser, Password = password, IncludeErrorDetail = true,
        }.ConnectionString;
        await WaitUntilItAnswersAsync(connectionString, place, cancellationToken);
        return new RunningCluster(connectionString);
    }

    private static async Task WaitUntilItAnswersAsync(string connectionString, string place, CancellationToken cancellationToken)
    {
        for (var deadline = DateTime.UtcNow + StartLimit; !await AnswersAsync(connectionString, cancellationToken);)
        {
            if (DateTime.UtcNow > deadline || File.Exists(Path.Combine(place, "exited")))
            {
                var log = await File.ReadAllTextAsync(Path.Combine(place, "server.log"), cancellationToken);
                throw new InvalidOperationException($"The PostgreSQL server of the tests did not start:\n{log}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    private static async Task<bool> AnswersAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString)
            {
                Database = "postgres", Pooling = false, Timeout = 10,
            }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.TooManyConnections)
        {
            return true; // busy is not dead
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    // PostgreSQL cannot be told to take any free port. Between this and its start another process could take it; the port is
    // of the range for outgoing connections, where the kernel does not hand out the same number again soon.
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
