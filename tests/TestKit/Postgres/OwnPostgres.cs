#if OWN_CLUSTER
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Aspire.Hosting.Local.Postgres;
using Aspire.Hosting.Local.Servers;
using Delegation.TestKit.Cluster;
using Npgsql;

namespace Delegation.TestKit;

/// <summary>
/// A PostgreSQL server of one test alone, which may kill it. Commits survive that (the disk is not waited for, but the operating
/// system has the data). It ends with the test process, however that ends.
/// </summary>
public sealed class OwnPostgres : IAsyncDisposable
{
    // The server dies when our standard input ends, which it does with the process that started us.
    private const string Guard = """
        data=$1; shift
        "$@" </dev/null >>"$data/../server.log" 2>&1 &
        server=$!
        ( cat >/dev/null; kill -QUIT "$server" 2>/dev/null ) <&3 &
        guard=$!
        wait "$server"
        kill "$guard" 2>/dev/null
        """;

    private readonly string _place;
    private readonly PostgresCluster _cluster;
    private readonly int _port;
    private Process? _guard;

    private OwnPostgres(string place, PostgresCluster cluster, int port, string connectionString)
    {
        _place = place;
        _cluster = cluster;
        _port = port;
        AdminConnectionString = connectionString;
    }

    /// <summary>The superuser's connection string, without a database.</summary>
    public string AdminConnectionString { get; }

    private int Postmaster => int.Parse(File.ReadLines(Path.Combine(_cluster.Directory, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>Creates and starts one.</summary>
    public static async Task<OwnPostgres> StartNewAsync(CancellationToken cancellationToken = default)
    {
        await ServerAvailability.InstallAsync(PostgresProgram.Definition, cancellationToken);
        var servers = await ServerFinder.FindUsableAsync(PostgresProgram.Definition, cancellationToken);
        var place = Directory.CreateTempSubdirectory("own-postgres-").FullName;
        File.SetUnixFileMode(place, (UnixFileMode)Convert.ToInt32("755", 8));
        var cluster = new PostgresCluster(servers[0], Path.Combine(place, "data"), PostgresProgram.Definition.Account, Durable: false);
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await cluster.CreateIfMissingAsync("postgres", password, cancellationToken);

        var port = FreePort();
        var own = new OwnPostgres(place, cluster, port, new NpgsqlConnectionStringBuilder
        {
            Host = "localhost", Port = port, Username = "postgres", Password = password, IncludeErrorDetail = true,
        }.ConnectionString);
        await own.StartAsync(cancellationToken);
        return own;
    }

    /// <summary>Starts the server and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        do
        {
            if (DateTime.UtcNow > deadline)
                throw new InvalidOperationException($"PostgreSQL did not start:\n{await File.ReadAllTextAsync(Path.Combine(_place, "data", "server.log"), cancellationToken)}");

            // Until the last process of a killed server has gone, a new one refuses to start.
            if (_guard is null or { HasExited: true })
            {
                _guard?.Dispose();
                _guard = Launch();
            }

            await Task.Delay(50, cancellationToken);
        }
        while (!await AnswersAsync(cancellationToken));
    }

    /// <summary>
    /// From now on, and until the server starts again, commits are written and nobody is told: they wait for a standby that there is none of.
    /// </summary>
    public async Task HoldCommitsAsync()
    {
        const string Setting = "synchronous_standby_names";
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(AdminConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await ExecuteAsync($"ALTER SYSTEM SET {Setting} = 'nobody'");
        await ExecuteAsync("SELECT pg_reload_conf()");
        while (await ExecuteAsync($"SHOW {Setting}") is not "nobody")
            await Task.Delay(20);

        // Read when the server starts again, or is told to.
        await ExecuteAsync($"ALTER SYSTEM RESET {Setting}");

        async Task<object?> ExecuteAsync(string sql)
        {
#pragma warning disable CA2100 // constants
            await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
            return await command.ExecuteScalarAsync();
        }
    }

    /// <summary>Restarts the server as an operator does who does not wait for its clients.</summary>
    public async Task RestartAsync()
    {
        using (var signal = Process.Start("kill", ["-INT", Postmaster.ToString(CultureInfo.InvariantCulture)]))
            await signal.WaitForExitAsync();

        await _guard!.WaitForExitAsync();
        await StartAsync();
    }

    /// <summary>Kills every process of the server at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        var postmaster = Postmaster;
        var children = File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var process in children.Select(child => int.Parse(child, CultureInfo.InvariantCulture)).Prepend(postmaster))
            Kill(process);

        await _guard!.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_guard is not null)
        {
            _guard.StandardInput.Close();
            await _guard.WaitForExitAsync();
            _guard.Dispose();
        }

        Directory.Delete(_place, recursive: true);
    }

    private Process Launch()
    {
        // Durable towards a kill: a commit that was answered is in the files.
        IEnumerable<string> arguments = [.. PostgresSettings.Arguments(_cluster, "own", _port), "-c", "synchronous_commit=on", "-c", "full_page_writes=on"];
        var (program, all) = _cluster.Account is { } account ? account.Wrap(_cluster.Server.Path, arguments) : (_cluster.Server.Path, arguments);
        return Process.Start(new ProcessStartInfo("sh", ["-c", $"exec 3<&0 2>/dev/null\n{Guard}", "guard", _cluster.Directory, program, .. all])
        {
            RedirectStandardInput = true,
            WorkingDirectory = _place,
        })!;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(AdminConnectionString) { Database = "postgres", Pooling = false, Timeout = 5 }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It ended by itself: they all do when the first of them dies.
        }
    }
}
#endif
