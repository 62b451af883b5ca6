using System.Text;
using Dapper;
using Delegation.Reporting.Tests.Imports;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using Grpc.Core;
using Npgsql;
using State = Delegation.Reporting.V1.ContractMatch.Types.State;

namespace Delegation.Reporting.Tests.ContractReferences;

public sealed class Deciding_on_contracts(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Doubtful_references_wait_for_either_side_and_a_decision_holds_for_later_imports()
    {
        var sides = await host.Scene.SidesAsync();
        await host.Scene.DoubtfulAsync(sides, "C1", "C1", "c-1", "COL-1234", "COL-1235", "ZZZZ");
        var matches = new ContractMatches.ContractMatchesClient(host.Scene.As(sides.Reader));
        var all = (await matches.ListContractMatchesAsync(new ListContractMatchesRequest { DelegationId = $"{sides.Delegation}" }, deadline: ImportCalls.Deadline)).Matches;

        Assert.Equal([("COL-1235", "COL-1234", State.Doubtful), ("ZZZZ", "", State.Doubtful), ("c-1", "C1", State.Matched)], all.Select(one => (one.Reference, one.Number, one.State)).Order());
        Assert.Equal(2, await WorkEntriesAsync(sides.Delegation));

        var near = all.Single(one => one.Reference == "COL-1235");
        var confirmed = await matches.DecideContractMatchAsync(
            new DecideContractMatchRequest { DelegationId = near.DelegationId, MatchId = near.Id, Number = "COL-1234", Etag = near.Etag }, deadline: ImportCalls.Deadline);
        var none = all.Single(one => one.Reference == "ZZZZ");
        var rejected = await new ContractMatches.ContractMatchesClient(host.Scene.As(sides.Importer)).DecideContractMatchAsync(
            new DecideContractMatchRequest { DelegationId = none.DelegationId, MatchId = none.Id, Etag = none.Etag }, deadline: ImportCalls.Deadline);

        Assert.Equal([(State.Confirmed, "COL-1234"), (State.Rejected, "")], [(confirmed.State, confirmed.Number), (rejected.State, rejected.Number)]);
        // Opened for both sides, told again once fewer waited, and closed.
        Assert.Equal(6, await WorkEntriesAsync(sides.Delegation));
        await host.Scene.DoubtfulAsync(sides, "C1", "COL-1235", "ZZZZ");
        Assert.Equal(3, (await matches.ListContractMatchesAsync(new ListContractMatchesRequest { DelegationId = $"{sides.Delegation}" }, deadline: ImportCalls.Deadline)).Matches.Count);
        Assert.Equal(6, await WorkEntriesAsync(sides.Delegation));
    }

    [PostgresFact]
    public async Task A_decision_needs_the_revision_that_was_read_and_a_number_of_the_insurer()
    {
        var sides = await host.Scene.SidesAsync();
        var match = await host.Scene.DoubtfulAsync(sides, "C1234", "C1235");
        var matches = new ContractMatches.ContractMatchesClient(host.Scene.As(sides.Reader));
        DecideContractMatchRequest Request(string number, string etag) => new() { DelegationId = match.DelegationId, MatchId = match.Id, Number = number, Etag = etag };

        var without = await Refusals.ThrownBy(matches.DecideContractMatchAsync(Request("C1234", ""), deadline: ImportCalls.Deadline));
        var other = await Refusals.ThrownBy(matches.DecideContractMatchAsync(Request("C9", match.Etag), deadline: ImportCalls.Deadline));
        await matches.DecideContractMatchAsync(Request("C1234", match.Etag), deadline: ImportCalls.Deadline);
        var stale = await Refusals.ThrownBy(matches.DecideContractMatchAsync(Request("C1234", match.Etag), deadline: ImportCalls.Deadline));

        Assert.Equal([(StatusCode.FailedPrecondition, "ETAG_REQUIRED"), (StatusCode.InvalidArgument, "INVALID_FIELDS"), (StatusCode.Aborted, "ETAG_STALE")], [without.Kind(), other.Kind(), stale.Kind()]);
        Assert.Equal([("number", "NUMBER_UNKNOWN")], other.Violations());
    }

    private async Task<long> WorkEntriesAsync(Guid delegation)
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        return await administrator.QuerySingleAsync<long>("SELECT count(*) FROM journal WHERE object_type = 'work_item' AND delegation_id = @delegation", new { delegation });
    }
}

/// <summary>What tests and recorded calls do with references of contracts.</summary>
internal static class ContractCalls
{
    /// <summary>Makes numbers known that look like the first references, and imports premiums with all of them; answers with the latest match.</summary>
    public static async Task<ContractMatch> DoubtfulAsync(this Scene scene, Sides sides, string number, params string[] references)
    {
        await using (var administrator = new NpgsqlConnection(scene.Database.AdminConnectionString))
            await administrator.ExecuteAsync(
                "INSERT INTO insurer_contract VALUES (@Insurer, @Delegation, @Delegate, @number), (@Insurer, @Delegation, @Delegate, 'COL-1234') ON CONFLICT DO NOTHING",
                new { sides.Insurer, sides.Delegation, sides.Delegate, number });
        var lines = references.Select(reference => $"{Guid.NewGuid()};{reference};2026-04;non;1;1;1;2026-04-02\n");
        await scene.ImportAsync(
            sides, Import.Types.Kind.Premiums, Encoding.UTF8.GetBytes($"reference;contrat;mois;individuel;called;collected;earned;entry_day\n{string.Concat(lines)}"), new DateOnly(2026, 4, 1), new DateOnly(2026, 4, 30));
        return (await new ContractMatches.ContractMatchesClient(scene.As(sides.Reader)).ListContractMatchesAsync(
            new ListContractMatchesRequest { DelegationId = $"{sides.Delegation}" }, deadline: ImportCalls.Deadline)).Matches[0];
    }
}
