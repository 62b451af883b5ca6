using Delegation.Reporting.Tests.Imports;
using Delegation.Reporting.Tests.Technical;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Delegation.Reporting.Tests.ContractReferences;

/// <summary>Figures by contract are by the insurer's numbers, as far as references are known to mean one.</summary>
public sealed class Contracts_in_figures(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_decision_moves_the_figures_of_all_imports_and_none_is_lost()
    {
        var sides = await host.Scene.SidesAsync();
        // One euro earned with each of five references: two numbers, one of them written otherwise, one that is near the other, and one that is near none.
        await host.Scene.DoubtfulAsync(sides, "C1", "C1", "c-1", "COL-1234", "COL-1235", "ZZZZ");
        Assert.Equal([("C1", 200L), ("COL-1234", 100), ("COL-1235", 100), ("ZZZZ", 100)], await ByContractAsync(sides));
        var before = DateTime.UtcNow;

        await DecideAsync(sides, "COL-1235", "COL-1234");
        await DecideAsync(sides, "ZZZZ", "");
        Assert.Equal([("C1", 200L), ("COL-1234", 200), ("ZZZZ", 100)], await ByContractAsync(sides));
        Assert.Equal([("COL-1234", 200L)], await ByContractAsync(sides, request => request.ContractReferences.Add("COL-1234")));
        Assert.Equal([("C1", 200L), ("COL-1234", 100), ("COL-1235", 100), ("ZZZZ", 100)], await ByContractAsync(sides, request => request.AsOf = Timestamp.FromDateTime(before)));

        // It holds for later imports, and can be taken back.
        await host.Scene.DoubtfulAsync(sides, "C1", "COL-1235");
        Assert.Equal([("C1", 200L), ("COL-1234", 300), ("ZZZZ", 100)], await ByContractAsync(sides));
        await DecideAsync(sides, "COL-1235", "");
        Assert.Equal([("C1", 200L), ("COL-1234", 100), ("COL-1235", 200), ("ZZZZ", 100)], await ByContractAsync(sides));
    }

    [PostgresFact]
    public async Task Cells_stay_what_the_lines_add_up_to_and_made_again_say_the_same()
    {
        var sides = await host.Scene.SidesAsync();
        await host.Scene.DoubtfulAsync(sides, "C1", "C1", "COL-1235");
        await DecideAsync(sides, "COL-1235", "C1");
        var figures = await ByContractAsync(sides);

        using var call = new TechnicalReports.TechnicalReportsClient(host.Scene.As(host.Scene.System)).RebuildRollups(new RebuildRollupsRequest(), deadline: TechnicalCalls.Deadline);
        var rebuilt = await call.ResponseStream.ReadAllAsync().ToArrayAsync();

        Assert.Equal(0, rebuilt.Where(one => one.DelegationId == $"{sides.Delegation}").Sum(one => one.Differences));
        Assert.Equal([("C1", 200L)], figures);
        Assert.Equal(figures, await ByContractAsync(sides));
    }

    private async Task DecideAsync(Sides sides, string reference, string number)
    {
        var matches = new ContractMatches.ContractMatchesClient(host.Scene.As(sides.Reader));
        var all = await matches.ListContractMatchesAsync(new ListContractMatchesRequest { DelegationId = $"{sides.Delegation}" }, deadline: ImportCalls.Deadline);
        var match = all.Matches.Single(one => one.Reference == reference);
        await matches.DecideContractMatchAsync(
            new DecideContractMatchRequest { DelegationId = match.DelegationId, MatchId = match.Id, Number = number, Etag = match.Etag }, deadline: ImportCalls.Deadline);
    }

    // What was earned by each contract, and in all, which is their sum.
    private async Task<IEnumerable<(string Contract, long Earned)>> ByContractAsync(Sides sides, Action<GetTechnicalReportRequest>? change = null)
    {
        var request = new GetTechnicalReportRequest
        {
            DelegationId = $"{sides.Delegation}", PeriodStartDay = "2026-01-01", PeriodEndDay = "2026-12-31", View = ReportView.Accounting, Breakdown = { TechnicalDimension.Contract },
        };
        change?.Invoke(request);
        var table = (await new TechnicalReports.TechnicalReportsClient(host.Scene.As(sides.Importer)).GetTechnicalReportAsync(request, deadline: TechnicalCalls.Deadline)).Tables[0];
        var lines = table.Lines.Select(line => table.Read(line.Cells)).Select(line => ((string)line["contract"]!, (long)line["premiums_earned"]!)).ToArray();
        Assert.Equal(lines.Sum(line => line.Item2), table.Read(table.Table.Totals)["premiums_earned"]);
        return lines;
    }
}
