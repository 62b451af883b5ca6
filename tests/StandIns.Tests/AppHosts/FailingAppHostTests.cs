using System.Text.RegularExpressions;
using Aspire.Hosting.Local.Processes;

namespace Delegation.StandIns.Tests.AppHosts;

/// <summary>A resource of a running AppHost fails.</summary>
public sealed partial class FailingAppHostTests
{
    [Fact]
    public async Task A_service_that_cannot_start_ends_the_AppHost_with_its_last_lines()
    {
        using var appHost = AppHostProcess.Start(["FailAtOnce=7"]);

        Assert.Equal(1, await appHost.EndAsync());
        Assert.Matches(@"error: service: ended with exit code 7 before it was healthy\. Its last lines:(.|\n)*last line of the reason", appHost.Output);
        Assert.DoesNotContain("Ready after", appHost.Output, StringComparison.Ordinal);
        Assert.Empty(appHost.Descendants);
    }

    [Fact]
    public async Task A_service_that_dies_later_is_told_in_the_table_and_the_others_go_on()
    {
        using var appHost = await AppHostProcess.Start().UntilReadyAsync();
        var family = appHost.ProcessOf("family");

        Signals.Send(appHost.ProcessOf("service"), Signals.Kill);
        await Limits.UntilAsync(() => DeadService().IsMatch(appHost.Output), $"the new line of the table in\n{appHost.Output}");

        Assert.Contains("service  | Ended with exit code 137", appHost.Output, StringComparison.Ordinal);
        Assert.True(family.IsAlive);
    }

    [Fact]
    public async Task All_parameters_without_value_are_named_at_once_with_their_variables()
    {
        using var appHost = AppHostProcess.Start(["NeedParameters=true"]);

        Assert.Equal(1, await appHost.EndAsync());
        Assert.Contains("Parameters:first-needed (environment variable Parameters__first_needed), Parameters:second-needed", appHost.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", appHost.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\*service +Finished \(137\)", RegexOptions.Multiline)]
    private static partial Regex DeadService();
}
