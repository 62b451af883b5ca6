using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Reports;
using Delegation.Reporting.Technical;
using Delegation.Reporting.Tests.Technical;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Delegation.Reporting.Tests.Coinsurance;

/// <summary>What Contracts tells of co-insurers, and premiums and benefits at the share of each.</summary>
public sealed class Figures_at_shares(ToldHost host) : IClassFixture<ToldHost>, IDisposable
{
    private static readonly DelegationParty Lead = new() { LegalName = "Mutuelle", Siren = "775685399" };

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Each_insurer_has_its_share_of_premiums_and_benefits_by_what_is_agreed_then()
    {
        var of = await host.Scene.ToldAsync();
        Assert.DoesNotContain((await AskAsync(of)).Tables, table => table.Table.Key == "coinsurance");
        await TellAsync(of, 1, new DelegationOpened { Delegation = Told(("552100554", "Assurance", 250_000), ("732829320", "Institution", 333_333)) });

        var report = await AskAsync(of);
        var then = DateTime.UtcNow;
        await TellAsync(of, 2, new DelegationUpdated { Delegation = Told(("552100554", "Assurance", 500_000)) });
        var later = await AskAsync(of);
        var asOf = await AskAsync(of, then);

        // 600 euros earned, 588 collected, 79.56 of tax, 140 of benefits: a third of them is rounded, and the lead holds what is left.
        Assert.Equal(
            [
                ("Mutuelle", 416_667L, 250_00L, 245_00L, 33_15L, 58_33L, 191_67L),
                ("Institution", 333_333, 200_00, 196_00, 26_52, 46_67, 153_33),
                ("Assurance", 250_000, 150_00, 147_00, 19_89, 35_00, 115_00),
            ],
            Read(report));
        Assert.Equal([("Mutuelle", 500_000L, 300_00L, 294_00L, 39_78L, 70_00L, 230_00L), ("Assurance", 500_000, 300_00, 294_00, 39_78, 70_00, 230_00)], Read(later));
        Assert.Equal(Read(report), Read(asOf));
        await TellAsync(of, 3, new DelegationUpdated { Delegation = Told() });
        Assert.DoesNotContain((await AskAsync(of)).Tables, table => table.Table.Key == "coinsurance");
    }

    [PostgresFact]
    public async Task Published_reports_have_them_in_both_views_and_they_come_to_the_whole()
    {
        var of = await host.Scene.ToldAsync();
        await TellAsync(of, 1, new DelegationOpened { Delegation = Told(("552100554", "Assurance", 123_457)) });
        await using var session = await host.Services.GetRequiredService<TenantSessions>().OpenAsync(new Caller(of.Delegate, Guid.CreateVersion7(), new HashSet<string>()) { Side = Side.Delegate });
        var scope = new ReportScope(new KnownDelegation(of.Insurer, of.Delegation, of.Delegate, "open"), new Period(new(2025, 1, 1), new(2025, 12, 31)), new(2025, 12, 31));

        var tables = await (await new TechnicalReportBuilder().BuildAsync(session, scope, default)).Tables.ToArrayAsync();

        var shares = tables.Where(table => table.Table.Key.EndsWith("_coinsurance", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["accounting_coinsurance", "occurrence_coinsurance"], shares.Select(table => table.Table.Key));
        foreach (var table in shares)
        {
            var lines = await table.Lines.ToArrayAsync();
            for (var column = 2; column < table.Table.Columns.Count; column++)
                Assert.Equal((true, table.Table.Totals[column].Number), (table.Table.Columns[column].Additive, lines.Sum(line => line.Cells[column].Number)));
        }
    }

    private static IEnumerable<(string, long, long, long, long, long, long)> Read(TechnicalReport report)
    {
        var table = report.Tables.Single(table => table.Table.Key == "coinsurance");
        return table.Lines.Select(line => table.Read(line.Cells)).Select(line => (
            (string)line["insurer"]!, (long)line["share"]!, (long)line["premiums_earned"]!, (long)line["premiums_collected"]!, (long)line["premiums_tax"]!, (long)line["benefits"]!, (long)line["balance"]!));
    }

    private static Contracts.V1.Delegation Told(params (string Siren, string Name, int Share)[] coInsurers) => new()
    {
        State = Contracts.V1.Delegation.Types.State.Open, Insurer = Lead, ReferenceData = new ReferenceData { CoInsurers = { coInsurers.Select(one => new CoInsurer { Siren = one.Siren, LegalName = one.Name, SharePpm = one.Share }) } },
    };

    private async Task TellAsync((Guid Insurer, Guid Delegation, Guid Delegate) of, long revision, IMessage happened)
    {
        host.Tell(of, happened, of.Delegation, revision);
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        await Eventually.Async(async () => await administrator.QuerySingleAsync<bool>(
            "SELECT EXISTS (SELECT FROM insurer_share WHERE delegation_id = @Delegation AND revision = @revision)", new { of.Delegation, revision }));
    }

    private async Task<TechnicalReport> AskAsync((Guid Insurer, Guid Delegation, Guid Delegate) of, DateTime? asOf = null)
    {
        var request = TechnicalCalls.Year(of.Delegation, ReportView.Accounting);
        request.AsOf = asOf is { } instant ? Timestamp.FromDateTime(instant) : null;
        return await new TechnicalReports.TechnicalReportsClient(host.Scene.As(await host.Scene.MemberAsync(of.Delegate, Side.Delegate, Role.Reporting))).GetTechnicalReportAsync(
            request, deadline: TechnicalCalls.Deadline);
    }
}
