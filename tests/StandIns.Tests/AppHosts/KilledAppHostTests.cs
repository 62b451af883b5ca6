using System.Diagnostics;
using Aspire.Hosting.Local.Processes;

namespace Delegation.StandIns.Tests.AppHosts;

/// <summary>An AppHost is killed, so that it cannot stop anything itself.</summary>
public sealed class KilledAppHostTests
{
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Nothing_is_left_ten_seconds_after_the_kill_not_even_a_grandchild_in_a_session_of_its_own()
    {
        using var appHost = await AppHostProcess.Start().UntilReadyAsync();
        Assert.True(appHost.Descendants.Count >= 5, $"Expected service, two shells and their children, found {appHost.Descendants.Count}");
        var guardian = ProcessTable.ReadAll().Single(process => process.Parent == appHost.Id && ProcessTable.CommandLine(process.Identity.Id).Contains("guardian", StringComparison.Ordinal));

        var watch = Stopwatch.StartNew();
        appHost.Send(Signals.Kill);
        await Limits.UntilAsync(() => appHost.Descendants.Count == 0 && !guardian.Identity.IsAlive, "everything gone", CleanUpLimit);

        Assert.True(watch.Elapsed < CleanUpLimit);
    }

    [Fact]
    public async Task A_service_is_stopped_in_good_order_although_its_AppHost_was_killed()
    {
        using var directory = new TempDirectory();
        using var appHost = await AppHostProcess.Start([$"Farewell={directory.File("farewell")}"]).UntilReadyAsync();

        appHost.Send(Signals.Kill);

        await Limits.UntilAsync(() => File.Exists(directory.File("farewell")), "the service says farewell", CleanUpLimit);
    }

    [Fact]
    public async Task The_next_run_waits_for_the_clean_up_and_works_on_the_same_state()
    {
        using var store = new TempDirectory();
        using var killed = await AppHostProcess.Start(store: store.Path).UntilReadyAsync();
        killed.Send(Signals.Kill);

        // At once: the stubborn process of the first run is still there for about six seconds.
        using var next = await AppHostProcess.Start(store: store.Path).UntilReadyAsync();

        Assert.Contains("The previous run is still being stopped", next.Output, StringComparison.Ordinal);
        Assert.Contains("Ready after", next.Output, StringComparison.Ordinal);
        Assert.Equal(0, await next.StopAsync());
    }

    [Fact]
    public async Task What_is_left_when_the_guardian_was_killed_too_is_stopped_by_the_next_run()
    {
        using var store = new TempDirectory();
        using var killed = await AppHostProcess.Start(store: store.Path).UntilReadyAsync();
        var orphans = killed.Descendants;
        foreach (var child in ProcessTable.ReadAll().Where(process => process.Parent == killed.Id && !orphans.Contains(process.Identity)))
        {
            Signals.Send(child.Identity, Signals.Kill);
        }

        killed.Send(Signals.Kill);
        Assert.Contains(orphans, orphan => orphan.IsAlive);

        using var next = await AppHostProcess.Start(store: store.Path).UntilReadyAsync();

        Assert.Contains("left behind", next.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(orphans, orphan => orphan.IsAlive);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(150)]
    [InlineData(300)]
    [InlineData(450)]
    public async Task A_kill_in_the_middle_of_the_start_leaves_nothing_either(int milliseconds)
    {
        using var appHost = AppHostProcess.Start();
        await Task.Delay(milliseconds);

        appHost.Send(Signals.Kill);

        await Limits.UntilAsync(() => appHost.Descendants.Count == 0, "everything gone", CleanUpLimit);
        await Task.Delay(500); // Whatever was being started just then would show by now.
        Assert.Empty(appHost.Descendants);
    }

    [Fact]
    public async Task The_AppHost_notices_that_dotnet_run_was_killed_and_stops_in_good_order()
    {
        using var directory = new TempDirectory();
        using var dotnetRun = await AppHostProcess.Start([$"Farewell={directory.File("farewell")}"], throughDotnetRun: true).UntilReadyAsync();
        var appHost = ProcessTable.ReadAll().Single(process => process.Parent == dotnetRun.Id).Identity;

        dotnetRun.Send(Signals.Kill);
        await Limits.UntilAsync(() => dotnetRun.Descendants.Count == 0 && !appHost.IsAlive, "everything gone", CleanUpLimit);

        Assert.True(File.Exists(directory.File("farewell")));
    }

    [Fact]
    public async Task The_AppHost_stops_everything_when_its_guardian_dies()
    {
        using var appHost = await AppHostProcess.Start().UntilReadyAsync();
        var descendants = appHost.Descendants;
        foreach (var child in ProcessTable.ReadAll().Where(process => process.Parent == appHost.Id && !descendants.Contains(process.Identity)))
        {
            Signals.Send(child.Identity, Signals.Kill);
        }

        Assert.Equal(1, await appHost.EndAsync());

        Assert.Contains("The guardian process has died", appHost.Output, StringComparison.Ordinal);
        Assert.Empty(appHost.Descendants);
    }
}
