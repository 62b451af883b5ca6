using Aspire.Hosting;
using Aspire.Hosting.Local.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Delegation.Servers.Tests.Programs;

public sealed class Missing_servers
{
    [Fact]
    public void One_command_installs_all_of_them()
    {
        MissingServer[] missing =
        [
            new(MadeUpServer.Tree, Offered: new OfferedServer(MadeUpServer.Tree, "tree-8", 8)),
            new(MadeUpServer.Bush, Offered: new OfferedServer(MadeUpServer.Bush, "bush", 3)),
        ];

        Assert.Equal(
            """
            Tree 7 or newer is needed and not installed.
            Bush 3 or newer is needed and not installed.
            Type

                sudo apt-get install tree-8 bush

            or start as root with Local:InstallPackages=true, which does the same and leaves no service running.
            """,
            MissingServersMessage.For(missing, hasPackages: true, isRoot: false));
    }

    [Fact]
    public void Root_needs_no_sudo()
    {
        MissingServer[] missing = [new(MadeUpServer.Bush, Offered: new OfferedServer(MadeUpServer.Bush, "bush", 3))];

        var message = MissingServersMessage.For(missing, hasPackages: true, isRoot: true);

        Assert.Contains("    apt-get install bush\n", message, StringComparison.Ordinal);
        Assert.DoesNotContain("sudo", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_lists_of_packages_are_empty_the_command_fetches_them_first()
    {
        var message = MissingServersMessage.For([new(MadeUpServer.Bush)], hasPackages: true, isRoot: false);

        Assert.Contains("    sudo apt-get update && sudo apt-get install bush\n", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_is_too_old_is_named_and_so_is_a_source_of_newer_ones()
    {
        MissingServer[] missing =
        [
            new(MadeUpServer.Tree, new InstalledServer("/usr/bin/tree", 6, "6.0.16"), new OfferedServer(MadeUpServer.Tree, "tree-6", 6)),
        ];

        Assert.Equal(
            """
            Tree 7 or newer is needed; /usr/bin/tree is version 6.0.16.
            The packages of this system offer version 6 only. Newer trees: https://example.org
            """,
            MissingServersMessage.For(missing, hasPackages: true, isRoot: false));
    }

    [Fact]
    public void A_system_with_other_packages_is_told_what_has_to_be_on_PATH()
    {
        var message = MissingServersMessage.For([new(MadeUpServer.Tree), new(MadeUpServer.Bush)], hasPackages: false, isRoot: false);

        Assert.EndsWith("Install so that PATH has tree-server-of-a-test and bush-server-of-a-test.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_are_named_at_once()
    {
        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            MissingServers.InstallAsync([MadeUpServer.Tree, MadeUpServer.Bush], mayInstall: false, NullLogger.Instance, default));

        Assert.Contains("Tree 7 or newer is needed and not installed.", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Bush 3 or newer is needed and not installed.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_offered_is_not_installed_without_permission()
    {
        // A package that Debian's systems offer, and have.
        var tree = MadeUpServer.Tree with { MinimumMajor = 1, Packages = [new SystemPackage("coreutils")] };

        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            MissingServers.InstallAsync([tree], mayInstall: false, NullLogger.Instance, default));

        Assert.StartsWith("Tree 1 or newer is needed and not installed.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_that_are_there_need_no_permission()
    {
        using var folder = new TemporaryFolder();
        folder.Script("tree-server-of-a-test", "echo 'Tree v=7.0'");

        await MissingServers.InstallAsync([MadeUpServer.TreeIn(folder.Path)], mayInstall: false, NullLogger.Instance, default);
    }
}
