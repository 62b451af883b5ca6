using System.Diagnostics.CodeAnalysis;
using Delegation.TestKit.Hosting;
using Xunit;

namespace Delegation.TestKit.Access;

/// <summary>Every rpc of a service, with everybody who may not call it and with every id of somebody else. The README of this folder says how to record a call.</summary>
/// <typeparam name="THost">The host of the service's tests; the recorded calls stand in its assembly.</typeparam>
/// <typeparam name="TProgram">The service's class Program.</typeparam>
public abstract class AccessWalkScenario<THost, TProgram>(THost host) : IClassFixture<THost>, IDisposable
    where THost : ServiceHost<TProgram>
    where TProgram : class
{
    private static readonly IReadOnlyDictionary<string, RecordedCall> Calls = RecordedCall.In(typeof(THost).Assembly);

    /// <summary>The names of all recorded calls.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "Nobody names the type: xunit asks it for the data of its theory.")]
    public static TheoryData<string> Recorded => [.. Calls.Keys];

    /// <summary>No error was logged on the way.</summary>
    public void Dispose()
    {
        host.Logs.AssertNoErrors();
        GC.SuppressFinalize(this);
    }

    /// <summary>An rpc without a recorded call would be one that nobody walks.</summary>
    [PostgresFact]
    public void Every_rpc_that_is_served_has_a_recorded_call() =>
        Assert.Equal("", string.Join('\n', new AccessWalk(host.Scene, typeof(THost).Assembly).Served.Except(Calls.Keys)));

    /// <summary>Roles, sides, and ids of somebody else.</summary>
    [PostgresTheory]
    [MemberData(nameof(Recorded))]
    public async Task An_rpc_lets_in_whom_it_is_for_and_tells_nobody_what_is_not_theirs(string rpc)
    {
        var findings = await new AccessWalk(host.Scene, typeof(THost).Assembly).WalkAsync(Calls[rpc]);

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }
}
