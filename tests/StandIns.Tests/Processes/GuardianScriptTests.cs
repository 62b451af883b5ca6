using System.Diagnostics;
using Aspire.Hosting.Local.Processes;

namespace Delegation.StandIns.Tests.Processes;

/// <summary>The process that outlives a killed AppHost.</summary>
public sealed class GuardianScriptTests
{
    [Fact]
    public async Task It_goes_when_it_is_let_go_and_touches_nothing()
    {
        using var bystander = Process.Start(new ProcessStartInfo("sleep", ["1000"]))!;
        var guardian = Guardian.Start(new RunMarker("s", "r"), disposable: null);
        guardian.Guard(ProcessIdentity.Of(bystander.Id)!.Value, Signals.Terminate);

        guardian.Dispose();

        await Limits.UntilAsync(() => !guardian.Identity.IsAlive, "the guardian goes");
        Assert.False(bystander.HasExited);
        bystander.Kill();
    }

    [Fact]
    public void It_takes_less_than_four_megabytes()
    {
        using var guardian = Guardian.Start(new RunMarker("s", "r"), disposable: null);

        var resident = File.ReadLines($"/proc/{guardian.Identity.Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));

        Assert.InRange(int.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]), 1, 4096);
    }

    [Fact]
    public void A_process_is_not_taken_for_a_later_one_with_its_id()
    {
        var self = ProcessIdentity.Of(Environment.ProcessId)!.Value;

        Assert.True(self.IsAlive);
        Assert.False((self with { Started = self.Started - 1 }).IsAlive);
        Assert.True(ProcessIdentity.TryParse(self.ToString(), out var parsed));
        Assert.Equal(self, parsed);
    }
}
