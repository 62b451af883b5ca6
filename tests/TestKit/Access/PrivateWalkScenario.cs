using System.Diagnostics.CodeAnalysis;
using Delegation.TestKit.Hosting;
using Xunit;

namespace Delegation.TestKit.Access;

/// <summary>Every rpc of a service, asked by one side amid what the other side keeps to itself.</summary>
/// <typeparam name="THost">The host of the service's tests; the recorded calls stand in its assembly.</typeparam>
/// <typeparam name="TProgram">The service's class Program.</typeparam>
public abstract class PrivateWalkScenario<THost, TProgram>(THost host, IReadOnlyList<Planting> plantings) : IClassFixture<THost>, IDisposable
    where THost : ServiceHost<TProgram>
    where TProgram : class
{
    private static readonly IReadOnlyDictionary<string, RecordedCall> Calls = RecordedCall.In(typeof(THost).Assembly);

    /// <summary>The names of the recorded calls of people.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "Nobody names the type: xunit asks it for the data of its theory.")]
    public static TheoryData<string> OfPeople => [.. Calls.Where(call => !call.Value.Who.System).Select(call => call.Key)];

    /// <summary>No error was logged on the way.</summary>
    public void Dispose()
    {
        host.Logs.AssertNoErrors();
        GC.SuppressFinalize(this);
    }

    /// <summary>A table that nobody plants in would be one that nobody looks after.</summary>
    [PostgresFact]
    public async Task Every_table_with_rows_of_one_side_alone_is_planted_in() =>
        Assert.Equal("", string.Join('\n', await new PrivateWalk(host.Scene, plantings).ForgottenTablesAsync()));

    /// <summary>Answers, refusals and the journal.</summary>
    [PostgresTheory]
    [MemberData(nameof(OfPeople))]
    public async Task An_rpc_answers_nobody_with_what_the_other_side_keeps_to_itself(string rpc)
    {
        var (findings, _) = await new PrivateWalk(host.Scene, plantings).WalkAsync(Calls[rpc]);

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }
}
