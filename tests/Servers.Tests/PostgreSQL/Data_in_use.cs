using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.Local.Postgres;
using Aspire.Hosting.Local.Servers;
using Delegation.TestKit;

namespace Delegation.Servers.Tests.PostgreSQL;

/// <summary>A process that works in the data directory stands for a server: that is how one is recognised.</summary>
public sealed class Data_in_use : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_server_that_goes_on_is_named()
    {
        using var server = StartFormer(seconds: "60");
        try
        {
            var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => WaitAsync(TimeSpan.FromSeconds(0.5)));

            Assert.Contains($"process {server.Id}", refused.Message, StringComparison.Ordinal);
            Assert.Contains(Cluster.Directory, refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
        }
    }

    [Fact]
    public async Task A_server_that_is_stopping_is_waited_for()
    {
        using var server = StartFormer(seconds: "1");

        await WaitAsync(TimeSpan.FromSeconds(20));

        Assert.True(server.HasExited);
    }

    [Fact]
    public async Task The_number_of_a_dead_server_that_another_process_has_now_does_not_matter()
    {
        Directory.CreateDirectory(Cluster.Directory);
        await File.WriteAllTextAsync(Path.Combine(Cluster.Directory, "postmaster.pid"), $"{Environment.ProcessId}\n");

        await WaitAsync(TimeSpan.FromSeconds(0.5));
    }

    public void Dispose() => _folder.Dispose();

    private PostgresCluster Cluster => new(new InstalledServer("/usr/bin/postgres", 15, "15.0"), _folder.Path, null, Durable: true);

    private Task WaitAsync(TimeSpan patience) => FormerPostmaster.WaitForEndAsync(Cluster, patience, CancellationToken.None).Within(30);

    private Process StartFormer(string seconds)
    {
        Directory.CreateDirectory(Cluster.Directory);
        var process = Process.Start(new ProcessStartInfo("sleep", [seconds]) { WorkingDirectory = Cluster.Directory })!;
        File.WriteAllText(Path.Combine(Cluster.Directory, "postmaster.pid"), $"{process.Id}\n{Cluster.Directory}\n");
        return process;
    }
}
