using Aspire.Hosting.Local.Servers;
using Delegation.TestKit;

namespace Delegation.Servers.Tests.Programs;

public sealed class Running_a_command
{
    [Fact]
    public async Task It_reads_its_input_and_both_outputs_are_kept()
    {
        var outcome = await SystemCommand.RunAsync("sh", ["-c", "cat; echo problem >&2; exit 3"], input: "given\n");

        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("given\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("problem\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_much_input_for_one_that_does_not_read_is_no_failure()
    {
        var outcome = await SystemCommand.RunAsync("true", [], input: new string('x', 1_000_000));

        Assert.True(outcome.Succeeded);
    }

    [Fact]
    public async Task A_missing_program_is_an_outcome()
    {
        var outcome = await SystemCommand.RunAsync("no-such-program-of-a-test", []);

        Assert.Equal(SystemCommandResult.NotFound, outcome.ExitCode);
    }

    [Fact]
    public async Task One_that_takes_too_long_is_killed_with_its_children()
    {
        using var folder = new TemporaryFolder();
        var script = folder.Script("late", $"echo begun; sleep 60 & echo $! >{folder.At("child")}; wait");

        var late = await Assert.ThrowsAsync<TimeoutException>(() => SystemCommand.RunAsync(script, [], limit: TimeSpan.FromSeconds(2)));

        Assert.Contains("begun", late.Message, StringComparison.Ordinal);
        var child = int.Parse(await File.ReadAllTextAsync(folder.At("child")));
        await Eventually.True(() => !ProcessTable.IsAlive(child));
    }

    [Fact]
    public async Task Under_another_account_it_has_the_rights_of_that_account()
    {
        if (OsAccount.InsteadOfRoot("nobody") is not { } nobody)
        {
            return; // only root can become another
        }

        var outcome = await SystemCommand.RunAsync("sh", ["-c", "id -un; id -Gn"], account: nobody);

        Assert.Equal("nobody\nnogroup\n", outcome.Output);
    }
}
