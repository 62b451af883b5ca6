using Aspire.Hosting.Local.Servers;

namespace Delegation.Servers.Tests.Programs;

/// <summary>The script runs on a file system of its own, where <c>apt-get</c> is a script of the test.</summary>
public sealed class Installing_packages : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Policy => _folder.At("root/usr/sbin/policy-rc.d");

    private string CreateClusterFolder => _folder.At("root/etc/postgresql-common/createcluster.d");

    public Installing_packages() => Directory.CreateDirectory(_folder.At("root/usr/sbin"));

    [Fact]
    public async Task No_service_starts_and_no_cluster_is_created_meanwhile()
    {
        AptGet($"sh '{Policy}'; echo \"policy $?\"; cat '{CreateClusterFolder}'/*; echo \"$@\"");

        var outcome = await InstallAsync("postgresql-15", "redis-server");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("policy 101\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("create_main_cluster = false\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("install -y --no-install-recommends", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("postgresql-15 redis-server\n", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 100", 100)]
    [InlineData("kill -TERM $(ps -o ppid= -p $PPID)", 130)] // the script: our parent is "timeout"
    public async Task Afterwards_everything_is_as_it_was(string aptGet, int exitCode)
    {
        await File.WriteAllTextAsync(Policy, "its own policy");
        AptGet(aptGet);

        var outcome = await InstallAsync("redis-server");

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Equal("its own policy", await File.ReadAllTextAsync(Policy));
        Assert.Equal([Policy], Directory.GetFiles(_folder.At("root"), "*", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(_folder.At("root/etc/postgresql-common")));
    }

    [Fact]
    public async Task What_a_killed_installation_left_is_put_right_by_the_next()
    {
        await File.WriteAllTextAsync(Policy, "its own policy");
        AptGet("kill -KILL $(ps -o ppid= -p $PPID)");
        await InstallAsync("redis-server");
        Assert.NotEqual("its own policy", await File.ReadAllTextAsync(Policy));
        AptGet("exit 0");

        await InstallAsync("redis-server");

        Assert.Equal("its own policy", await File.ReadAllTextAsync(Policy));
        Assert.Equal([Policy], Directory.GetFiles(_folder.At("root/usr"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Old_lists_are_fetched_again_once()
    {
        AptGet($"cd '{_folder.Path}'; echo $1 >>calls; case $1 in update) touch fresh;; install) test -e fresh;; esac");

        var outcome = await InstallAsync("redis-server");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(["install", "update", "install"], await File.ReadAllLinesAsync(_folder.At("calls")));
    }

    public void Dispose() => _folder.Dispose();

    private void AptGet(string text) => _folder.Script("bin/apt-get", text);

    private Task<SystemCommandResult> InstallAsync(params string[] packages) => SystemCommand.RunAsync(
        "env",
        [
            $"PATH={_folder.At("bin")}:/usr/sbin:/usr/bin:/sbin:/bin",
            "sh", "-c", InstallScript.Text, "install", _folder.At("root"), .. packages,
        ]);
}
