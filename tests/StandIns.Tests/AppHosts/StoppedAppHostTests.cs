using System.Diagnostics;
using Aspire.Hosting.Local.Processes;

namespace Delegation.StandIns.Tests.AppHosts;

/// <summary>An AppHost is asked to stop.</summary>
public sealed class StoppedAppHostTests
{
    [Theory]
    [InlineData(Signals.Terminate)]
    [InlineData(Signals.Interrupt)]
    public async Task Services_hear_of_it_themselves_and_nothing_is_left(int signal)
    {
        using var directory = new TempDirectory();
        using var appHost = await AppHostProcess.Start([$"Farewell={directory.File("farewell")}"]).UntilReadyAsync();

        appHost.Send(signal);

        Assert.Equal(0, await appHost.EndAsync());
        Assert.Equal("stopped in good order", File.ReadAllText(directory.File("farewell")));
        Assert.Empty(appHost.Descendants);
    }

    [Fact]
    public async Task What_does_not_listen_is_killed_after_six_seconds()
    {
        using var appHost = await AppHostProcess.Start().UntilReadyAsync();

        var watch = Stopwatch.StartNew();
        await appHost.StopAsync();

        Assert.InRange(watch.Elapsed.TotalSeconds, 5.5, 12);
    }

    [Fact]
    public async Task A_second_interrupt_kills_everything_at_once()
    {
        using var appHost = await AppHostProcess.Start().UntilReadyAsync();

        appHost.Send(Signals.Interrupt);
        await appHost.UntilWrittenAsync("Stopping.");
        await Task.Delay(1000);
        appHost.Send(Signals.Interrupt);
        var watch = Stopwatch.StartNew();

        Assert.Equal(130, await appHost.EndAsync());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4));
        await Limits.UntilAsync(() => appHost.Descendants.Count == 0, "everything gone");
    }

    [Fact]
    public async Task Data_of_the_run_is_deleted_and_nobody_holds_the_lock()
    {
        using var store = new TempDirectory();
        using (var appHost = await AppHostProcess.Start(store: store.Path).UntilReadyAsync())
        {
            await appHost.StopAsync();
        }

        Assert.False(Directory.Exists(store.File("session")));
        Assert.False(File.Exists(store.File("owner")));
        using var again = await AppHostProcess.Start(store: store.Path).UntilReadyAsync();
        Assert.Equal(0, await again.StopAsync());
    }
}
