using Delegation.Reporting.Tests.Reports;
using Delegation.TestKit;
using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Access;

/// <summary>Every command of the service, with what cannot be in each of its fields.</summary>
public sealed class The_bad_input_walk(PublicationHost host) : IClassFixture<PublicationHost>, IDisposable
{
    private static readonly IReadOnlyDictionary<string, RecordedCall> Calls = RecordedCall.In(typeof(The_bad_input_walk).Assembly);

    public static TheoryData<string> Commands => [.. Calls.Values.Where(call => !call.IsRead).Select(call => call.FullName)];

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresTheory]
    [MemberData(nameof(Commands))]
    public async Task A_command_refuses_each_field_by_its_name_and_writes_nothing(string rpc)
    {
        var findings = await new BadInputWalk(host.Scene).WalkAsync(Calls[rpc]);

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }
}
