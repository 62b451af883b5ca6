using System.Diagnostics.CodeAnalysis;
using Delegation.TestKit.Hosting;
using Xunit;

namespace Delegation.TestKit.Access;

/// <summary>Every rpc of a service, on a delegation that is frozen, on one that is closed, and asked by a delegate that has left.</summary>
/// <typeparam name="THost">The host of the service's tests; the recorded calls stand in its assembly.</typeparam>
/// <typeparam name="TProgram">The service's class Program.</typeparam>
public abstract class EndWalkScenario<THost, TProgram>(THost host, IReadOnlyList<string>? endings = null, IReadOnlyList<string>? own = null, IReadOnlyList<string>? closing = null) : IClassFixture<THost>, IDisposable
    where THost : ServiceHost<TProgram>
    where TProgram : class
{
    private static readonly IReadOnlyDictionary<string, RecordedCall> Calls = RecordedCall.In(typeof(THost).Assembly);

    /// <summary>The names of the recorded calls of people.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "Nobody names the type: xunit asks it for the data of its theory.")]
    public static TheoryData<string> OfPeople => [.. Calls.Where(call => !call.Value.Who.System && !call.Value.Who.AnonymousOrganization).Select(call => call.Key)];

    /// <summary>No error was logged on the way.</summary>
    public void Dispose()
    {
        host.Logs.AssertNoErrors();
        GC.SuppressFinalize(this);
    }

    /// <summary>Commands change nothing, reads go on, and then the delegate finds nothing.</summary>
    [PostgresTheory]
    [MemberData(nameof(OfPeople))]
    public async Task A_delegation_that_ends_is_frozen_and_then_gone_for_its_delegate(string rpc)
    {
        var (findings, _) = await new EndWalk(host.Scene, endings ?? [], own ?? [], closing ?? []).WalkAsync(Calls[rpc]);

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }
}
