using Delegation.TestKit.Hosting;
using Xunit;

namespace Delegation.TestKit.Access;

/// <summary>Every rpc of a service, called by auditors within and outside their missions.</summary>
/// <typeparam name="THost">The host of the service's tests; the recorded calls stand in its assembly.</typeparam>
/// <typeparam name="TProgram">The service's class Program.</typeparam>
public abstract class AuditorWalkScenario<THost, TProgram>(THost host, IReadOnlyList<Planting> plantings, int atLeast, params string[] notYet) : IClassFixture<THost>, IDisposable
    where THost : ServiceHost<TProgram>
    where TProgram : class
{
    /// <summary>Rpcs that may answer auditors otherwise than the side that invited them, and why.</summary>
    protected virtual IReadOnlyDictionary<string, string> OfTheirOwn { get; } = new Dictionary<string, string>();

    /// <summary>No error was logged on the way.</summary>
    public void Dispose()
    {
        host.Logs.AssertNoErrors();
        GC.SuppressFinalize(this);
    }

    /// <summary>Outside scope and time a stranger, within them a reader whose reads are written down.</summary>
    [PostgresFact]
    public async Task An_auditor_reads_what_the_mission_names_and_is_a_stranger_to_all_else()
    {
        var (findings, admitted) = await new AuditorWalk(host.Scene, plantings, notYet, OfTheirOwn).WalkAsync(RecordedCall.In(typeof(THost).Assembly).Values);

        Assert.True(findings.Count == 0, string.Join('\n', findings));
        Assert.InRange(admitted, atLeast, 1000);
    }
}
