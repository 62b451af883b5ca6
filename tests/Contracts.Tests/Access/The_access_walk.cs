using Delegation.TestKit;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access;

/// <summary>Every rpc of the service, with everybody who may not call it and with every id of somebody else. TestKit/Access says how to record a call.</summary>
public sealed class The_access_walk(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private static readonly IReadOnlyDictionary<string, RecordedCall> Calls = RecordedCall.In(typeof(The_access_walk).Assembly);

    public static TheoryData<string> Recorded => [.. Calls.Keys];

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public void Every_rpc_that_is_served_has_a_recorded_call() =>
        Assert.Empty(string.Join('\n', new AccessWalk(host.Scene).Served.Except(Calls.Keys)));

    [PostgresTheory]
    [MemberData(nameof(Recorded))]
    public async Task An_rpc_lets_in_whom_it_is_for_and_tells_nobody_what_is_not_theirs(string rpc)
    {
        var findings = await new AccessWalk(host.Scene).WalkAsync(Calls[rpc]);

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }
}
