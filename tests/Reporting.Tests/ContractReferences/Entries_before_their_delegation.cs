using Dapper;
using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Reporting.Tests.ContractReferences;

/// <summary>What other services tell of a delegation while the copy of the delegations, which has a follower of its own, is behind.</summary>
public sealed class Entries_before_their_delegation(ToldHost host) : IClassFixture<ToldHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task They_are_applied_at_once_and_the_delegation_is_what_its_own_follower_says_later()
    {
        var of = (Insurer: Guid.CreateVersion7(), Delegation: Guid.CreateVersion7(), Delegate: Guid.CreateVersion7());
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        await administrator.OpenAsync();
        await host.StopAsync();
        // Another replica leads it, and comes to nothing.
        await administrator.ExecuteAsync("SELECT pg_advisory_lock(hashtextextended('journal follower contracts.directory', 0))");
        host.Start();

        host.Tell(of, new DelegationOpened { Delegation = Told() }, of.Delegation, 7);
        var catalogue = new ReportCatalogue { ProjectId = Guid.CreateVersion7().ToString(), State = ReportCatalogue.Types.State.Agreed, Reports = { Monthly() } };
        host.TellOfProject(of, new ReportCatalogueAgreed { Catalogue = catalogue }, Guid.Parse(catalogue.ProjectId), 1);

        await Eventually.Async(async () => await administrator.QuerySingleAsync<(string?, int, int)>(
            """
            SELECT (SELECT min(number) FROM insurer_contract), (SELECT count(*)::integer FROM insurer_share), (SELECT count(*)::integer FROM report_calendar)
            """) == ("COL-000120", 1, 1));
        Assert.Equal(("open", 0L), await DelegationAsync(administrator));

        await administrator.ExecuteAsync("SELECT pg_advisory_unlock_all()");
        await Eventually.Async(async () => await DelegationAsync(administrator) == ("open", 7L));
    }

    private static Task<(string, long)> DelegationAsync(NpgsqlConnection administrator) =>
        administrator.QuerySingleAsync<(string, long)>("SELECT state, revision FROM delegation");

    private static Contracts.V1.Delegation Told() => new()
    {
        State = Contracts.V1.Delegation.Types.State.Open,
        Insurer = new DelegationParty { LegalName = "Mutuelle", Siren = "775685399" },
        ReferenceData = new ReferenceData { InsurerContracts = { new InsurerContract { Number = "COL-000120" } } },
    };

    private static CatalogueReport Monthly() => new()
    {
        ReportId = Guid.CreateVersion7().ToString(), Title = "Reporting technique", Kind = Delivery.V1.ReportKind.Technical, Periodicity = ReportPeriodicity.EachMonth,
        Counting = DueDayCounting.CalendarDays, DueDays = 10, FirstPeriodDay = "2026-01-01",
    };
}
