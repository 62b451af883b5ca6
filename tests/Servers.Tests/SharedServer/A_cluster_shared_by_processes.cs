using System.Diagnostics;
using Delegation.TestKit;
using Delegation.TestKit.Cluster;
using Npgsql;

namespace Delegation.Servers.Tests.SharedServer;

public sealed class A_cluster_shared_by_processes : IDisposable
{
    private static readonly TimeSpan LongerThanItLingers = TimeSpan.FromSeconds(5);
    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _started = [];

    [PostgresFact]
    public async Task Two_processes_that_start_at_once_get_the_same_server()
    {
        var joined = await Task.WhenAll(JoinAsync(), JoinAsync());

        Assert.Equal(joined[0], joined[1]);
        Assert.True(await AnswersAsync(joined[0]));
    }

    [PostgresFact]
    public async Task It_lasts_while_one_is_left_and_is_gone_after_the_last_was_killed()
    {
        var server = await JoinAsync();
        await JoinAsync();
        var postmaster = Postmaster();

        _started[0].Kill();
        await Task.Delay(LongerThanItLingers);
        Assert.True(await AnswersAsync(server));

        _started[1].Kill();
        await Eventually.True(() => Clusters().Length == 0 && !ProcessTable.IsAlive(postmaster), TimeSpan.FromSeconds(20));
        Assert.False(await AnswersAsync(server));
    }

    [PostgresFact]
    public async Task A_process_that_comes_soon_after_the_last_one_finds_it_running_and_keeps_it()
    {
        var first = await JoinAsync();
        _started[0].Kill();

        Assert.Equal(first, await JoinAsync());
        await Task.Delay(LongerThanItLingers);
        Assert.True(await AnswersAsync(first));
    }

    [PostgresFact]
    public async Task After_the_machine_was_switched_off_a_new_one_takes_its_place()
    {
        // What is left then: the files, and no process.
        var former = new ClusterFolder(_folder.Path);
        var deadData = Directory.CreateDirectory(former.NewCluster()).FullName;
        former.WriteCurrent(new RunningCluster("Host=localhost;Port=1;Username=postgres;Password=lost"));

        var server = await JoinAsync();

        Assert.True(await AnswersAsync(server));
        Assert.False(Directory.Exists(deadData));
        Assert.Single(Clusters());
    }

    [PostgresFact]
    public async Task A_server_that_was_killed_is_replaced()
    {
        var first = await JoinAsync();
        using (var postmaster = Process.GetProcessById(Postmaster()))
        {
            postmaster.Kill();
        }

        await Eventually.Async(async () => !await AnswersAsync(first));
        var second = await JoinAsync();

        Assert.NotEqual(first, second);
        Assert.True(await AnswersAsync(second));
    }

    [PostgresFact]
    public async Task The_file_with_its_password_is_ours_alone()
    {
        await JoinAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.At("current.json")));
    }

    public void Dispose()
    {
        foreach (var process in _started)
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            process.Dispose();
        }

        SpinWait.SpinUntil(() => Clusters().Length == 0, TimeSpan.FromSeconds(20));
        _folder.Dispose();
    }

    /// <summary>Starts a process that joins the cluster and stays; gives the connection string that it got.</summary>
    private async Task<string> JoinAsync()
    {
        var probe = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TestKit.Probe.dll"), _folder.Path])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            },
        };
        probe.Start();
        _started.Add(probe);
        return await probe.StandardOutput.ReadLineAsync().Within(60)
            ?? throw new InvalidOperationException("The probe ended; its error output is above.");
    }

    private string[] Clusters() => Directory.Exists(_folder.Path) ? Directory.GetDirectories(_folder.Path, "cluster-*") : [];

    private int Postmaster() =>
        int.Parse(File.ReadLines(Directory.GetFiles(Clusters().Single(), "postmaster.pid", SearchOption.AllDirectories).Single()).First());

    private static async Task<bool> AnswersAsync(string connectionString)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString + ";Database=postgres;Pooling=false;Timeout=5");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
