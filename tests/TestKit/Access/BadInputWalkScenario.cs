using System.Diagnostics.CodeAnalysis;
using Delegation.TestKit.Hosting;
using Xunit;

namespace Delegation.TestKit.Access;

/// <summary>Every command of a service, with what cannot be in each of its fields.</summary>
/// <typeparam name="THost">The host of the service's tests; the recorded calls stand in its assembly.</typeparam>
/// <typeparam name="TProgram">The service's class Program.</typeparam>
public abstract class BadInputWalkScenario<THost, TProgram>(THost host) : IClassFixture<THost>, IDisposable
    where THost : ServiceHost<TProgram>
    where TProgram : class
{
    private static readonly IReadOnlyDictionary<string, RecordedCall> Calls = RecordedCall.In(typeof(THost).Assembly);

    /// <summary>The names of the recorded calls that change something.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "Nobody names the type: xunit asks it for the data of its theory.")]
    public static TheoryData<string> Commands => [.. Calls.Values.Where(call => !call.IsRead).Select(call => call.FullName)];

    /// <summary>No error was logged on the way.</summary>
    public void Dispose()
    {
        host.Logs.AssertNoErrors();
        GC.SuppressFinalize(this);
    }

    /// <summary>Each field in turn.</summary>
    [PostgresTheory]
    [MemberData(nameof(Commands))]
    public async Task A_command_refuses_each_field_by_its_name_and_writes_nothing(string rpc)
    {
        var findings = await new BadInputWalk(host.Scene).WalkAsync(Calls[rpc]);

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }
}
