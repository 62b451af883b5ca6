using Delegation.Contracts.Clauses;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;

namespace Delegation.Contracts.Tests.Clauses;

public sealed class Clauses_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task The_library_is_listed_in_the_order_of_the_standard_contract()
    {
        var client = await ClientAsync();

        var listed = await client.ListClausesAsync(new ListClausesRequest(), deadline: People.Deadline);

        var latest = ClauseLibrary.Own.Latest;
        Assert.Equal((latest.Number, latest.Number, latest.Sha256, "2026-11-22"), (listed.LibraryVersion, listed.LatestLibraryVersion, listed.Sha256, listed.PublishDay));
        Assert.Equal(latest.Clauses.Select(clause => clause.Code), listed.Clauses.Select(clause => clause.Code));
        Assert.Equal(listed, await client.ListClausesAsync(new ListClausesRequest { LibraryVersion = 1 }, deadline: People.Deadline));
        Assert.Equal("OBJ-1", listed.Clauses[0].Code);
    }

    [PostgresFact]
    public async Task A_clause_says_what_it_satisfies_and_what_to_fall_back_on()
    {
        var clause = await (await ClientAsync()).GetClauseAsync(new GetClauseRequest { ClauseCode = "AUD-5" }, deadline: People.Deadline);

        Assert.Equal((ClauseFamily.Audit, "Conduite des missions d'audit", 1), (clause.Family, clause.Title, clause.LibraryVersion));
        Assert.Equal(["DORA-28-6", "DORA-30-3-E-II", "DORA-30-3-E-III", "DORA-30-3-E-IV"], clause.RequirementIds);
        Assert.Equal(["audit_notice_days", "audits_per_year", "auditor_answer_days", "audit_answer_days"], clause.Parameters);
        Assert.Equal("Préavis et frais aménagés", Assert.Single(clause.Fallbacks).Title);
    }

    [PostgresFact]
    public async Task What_is_not_there_is_said_by_name()
    {
        var client = await ClientAsync();

        var version = await Refusals.ThrownBy(client.ListClausesAsync(new ListClausesRequest { LibraryVersion = 99 }, deadline: People.Deadline));
        var clause = await Refusals.ThrownBy(client.GetClauseAsync(new GetClauseRequest { ClauseCode = "AUD-99" }, deadline: People.Deadline));
        var bad = await Refusals.ThrownBy(client.GetClauseAsync(new GetClauseRequest { LibraryVersion = -1 }, deadline: People.Deadline));

        Assert.Equal((StatusCode.NotFound, "LIBRARY_VERSION_NOT_FOUND"), (version.StatusCode, version.Reason()));
        Assert.Equal((StatusCode.NotFound, "CLAUSE_NOT_FOUND"), (clause.StatusCode, clause.Reason()));
        Assert.Equal(
            [("clause_code", "CLAUSE_CODE_REQUIRED"), ("library_version", "LIBRARY_VERSION_NEGATIVE")],
            bad.Violations().Select(violation => (violation.Field, violation.Reason)));
    }

    private async Task<V1.Clauses.ClausesClient> ClientAsync()
    {
        var somebody = People.Somebody();
        await host.RegisterAsync(somebody);
        return new V1.Clauses.ClausesClient(host.As(somebody));
    }
}
