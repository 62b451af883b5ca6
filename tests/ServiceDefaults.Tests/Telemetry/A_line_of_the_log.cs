using System.Diagnostics;
using System.Text.RegularExpressions;
using Delegation.ServiceDefaults.Telemetry;
using Delegation.ServiceDefaults.Tests.Processes;
using Delegation.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Delegation.ServiceDefaults.Tests.Telemetry;

public sealed partial class A_line_of_the_log
{
    [Fact]
    public void Has_time_level_category_and_message() =>
        Assert.Matches(@"^\d\d:\d\d:\d\d\.\d\d\d warn Some\.Category: Disk is nearly full\.\n$", Format("Disk is nearly full.", LogLevel.Warning));

    [Fact]
    public void Has_the_trace_of_the_call_it_was_written_in()
    {
        using var activity = new Activity("call").SetIdFormat(ActivityIdFormat.W3C).Start();

        Assert.EndsWith($"Some.Category: Done. trace={activity.TraceId}\n", Format("Done."), StringComparison.Ordinal);
    }

    [Fact]
    public void Has_the_exception_with_its_stack()
    {
        var line = Format("Failed.", exception: Assert.Throws<InvalidOperationException>(void () => throw new InvalidOperationException("first\nsecond")));

        Assert.Contains("Failed. | System.InvalidOperationException: first | second | at ", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one\ntwo", "one | two")]
    [InlineData("one\r\n\r\n  two\n", "one | two")]
    [InlineData("one\u2028two\u0085three", "one | two | three")]
    [InlineData("\u001b[31mred\u0007", " [31mred ")]
    public void Cannot_be_forged_from_a_message(string message, string written) =>
        Assert.EndsWith($": {written}\n", Format(message), StringComparison.Ordinal);

    [Fact]
    public void Is_one_line_without_control_characters_whatever_it_says() =>
        Check.QuickThrowOnFailure(Prop.ForAll<string, string>((message, text) =>
            !Format(message ?? "", exception: new InvalidOperationException(text))[..^1].Any(character => char.IsControl(character) || character is '\u2028' or '\u2029')));

    [Fact]
    public async Task Comes_out_of_a_service_in_this_form_even_where_Aspire_asks_for_another()
    {
        await using var service = await ServiceProcess.StartAsync(("LOGGING__CONSOLE__FORMATTERNAME", "simple"));
        await Assert.ThrowsAsync<RpcException>(() => service.Client.AskAsync(new Probe.V1.Question { Text = "fail" }).ResponseAsync.Within(10));
        await service.TerminateAsync();

        Assert.All(service.Output, line => Assert.Matches(Form(), line));
        var failure = Assert.Single(service.Output, line => line.Contains(" fail ", StringComparison.Ordinal));
        Assert.Matches(@"/delegation\.probe\.v1\.Probe/Ask failed\. trace=[0-9a-f]{32} \| System\.InvalidOperationException: the text of an exception \| at ", failure);
    }

    [GeneratedRegex(@"^\d\d:\d\d:\d\d\.\d\d\d (trce|dbug|info|warn|fail|crit) \S+: ")]
    private static partial Regex Form();

    private static string Format(string message, LogLevel level = LogLevel.Information, Exception? exception = null)
    {
        using var writer = new StringWriter();
        var entry = new LogEntry<string>(level, "Some.Category", default, message, exception, (state, _) => state);
        new LineFormatter().Write(entry, null, writer);
        return writer.ToString();
    }
}
