using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Rollups;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Delegation.Reporting.Tests.Rollups;

public sealed class Keeping_cells(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    private static readonly string[] Products = ["Santé Plus", "Santé Pro"];

    private static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    public void Dispose() => host.Logs.AssertNoErrors();

    /// <summary>Files that add lines, tell some again otherwise and leave some out, in any order; some take things back.</summary>
    [PostgresFact]
    public void After_any_imports_cells_are_what_the_lines_add_up_to_as_of_each_of_them_and_made_again_they_are_the_same()
    {
        // An import is how many lines it adds, and a number from which its codes and what it ends follow.
        var imports = (from kind in Gen.Choose(0, 2) from added in Gen.Choose(0, 12) from seed in Gen.Choose(0, 1_000_000) select (kind, added, seed)).ListOf().Resize(6).ToArbitrary();

        Prop.ForAll(imports, told => AddUpAsync([.. told]).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(12));
    }

    [PostgresFact]
    public async Task An_operator_makes_cells_again_and_learns_how_many_were_wrong()
    {
        var of = await host.Scene.DelegationAsync();
        await host.Scene.TellAsync(of, new ToldLines(Rollup.Benefits, [Line(Rollup.Benefits, new Random(7), "R1"), Line(Rollup.Benefits, new Random(8), "R2")], []));
        await host.Scene.SpoilAsync("UPDATE benefit_cell SET benefit = benefit + 1 WHERE delegation_id = @Delegation AND theme = 'region' AND import_number = (SELECT max(import_number) FROM benefit_cell WHERE delegation_id = @Delegation)", new { of.Delegation });

        var first = await RebuildAsync(of.Delegation);
        var second = await RebuildAsync(of.Delegation);

        Assert.Equal(["benefits", "premiums", "membership"], first.Select(rollup => rollup.Kind));
        Assert.InRange(first[0].Differences, 1, 2);
        Assert.Equal(0, second.Sum(rollup => rollup.Differences));
        Assert.Equal(first[0].Cells, second[0].Cells);
    }

    private async Task<RebuiltRollup[]> RebuildAsync(Guid delegation)
    {
        using var call = new TechnicalReports.TechnicalReportsClient(host.Scene.As(host.Scene.System)).RebuildRollups(new RebuildRollupsRequest(), deadline: Deadline);
        return [.. (await call.ResponseStream.ReadAllAsync().ToArrayAsync()).Where(rollup => rollup.DelegationId == delegation.ToString())];
    }

    private async Task<bool> AddUpAsync((int Kind, int Added, int Seed)[] imports)
    {
        var of = await host.Scene.DelegationAsync();
        var known = Rollup.All.ToDictionary(rollup => rollup, _ => new List<string>());
        var numbers = new List<int>();
        foreach (var (kind, added, seed) in imports)
        {
            var (rollup, random) = (Rollup.All[kind], new Random(seed));
            var ended = known[rollup].Where(_ => random.Next(3) == 0).ToArray();
            known[rollup].RemoveAll(ended.Contains);
            // Of those that it ends it tells half again.
            string[] told = [.. ended.Where(_ => random.Next(2) == 0), .. Enumerable.Range(0, added).Select(_ => $"{Guid.NewGuid():N}")];
            known[rollup].AddRange(told);
            numbers.Add(await host.Scene.TellAsync(of, new ToldLines(rollup, [.. told.Select(reference => Line(rollup, random, reference))], ended)));
        }

        await using var session = await host.Services.GetRequiredService<SystemSessions>().OpenAsync();
        var delegation = new KnownDelegation(of.Insurer, of.Delegation, of.Delegate, "open");
        foreach (var rollup in Rollup.All)
        {
            foreach (var number in numbers)
                foreach (var theme in rollup.Themes)
                    Assert.Equal(0, await session.FindAsync<long>(Differences(rollup, theme), new { of.Insurer, of.Delegation, number }));
            Assert.Equal(0, (await session.RebuildAsync(delegation, rollup, default)).Differences);
            Assert.Equal(0, (await session.RebuildAsync(delegation, rollup, default)).Differences);
        }

        return true;
    }

    // Cells up to an import beside the lines that counted then.
    private static string Differences(Rollup rollup, Theme theme)
    {
        string[] keys = [.. Rollup.Common, .. theme.Codes];
        var ofCells = string.Join(", ", ["accounting_month", .. theme.ByOccurrence ? ["occurrence_month"] : Array.Empty<string>(), .. keys]);
        var ofLines = string.Join(", ", [Month(rollup.AccountingMonth), .. theme.ByOccurrence ? [Month(rollup.OccurrenceMonth)] : Array.Empty<string>(), .. keys]);
        var cells =
            $"""
            SELECT {ofCells}, {string.Join(", ", rollup.Measures.Select(measure => $"sum({measure})::bigint"))}, sum(lines)::bigint FROM {rollup.Cells}
            WHERE owner_id = @Insurer AND delegation_id = @Delegation AND theme = '{theme.Name}' AND import_number <= @number
            GROUP BY {ofCells} HAVING sum(lines) <> 0
            """;
        var lines =
            $"""
            SELECT {ofLines}, {string.Join(", ", rollup.Measures.Select(Sum))}, count(*) FROM {rollup.Lines}
            WHERE owner_id = @Insurer AND delegation_id = @Delegation AND import_number <= @number AND end_number > @number
            GROUP BY {ofLines}
            """;
        return $"SELECT count(*) FROM ((({cells}) EXCEPT ({lines})) UNION ALL (({lines}) EXCEPT ({cells}))) d";

        string Month(string month) => theme.ByYear ? $"make_date(extract(year FROM {month})::integer, 1, 1)" : month;

        // Heads are those of the end of the year.
        string Sum(string measure) => theme.ByYear && measure == "insured" ? "sum(CASE WHEN to_char(month, 'MM') = '12' THEN insured ELSE 0 END)::bigint" : $"sum({measure})::bigint";
    }

    // Few codes, so that many lines share a cell.
    private static Dictionary<string, object> Line(Rollup rollup, Random random, string reference)
    {
        var line = new Dictionary<string, object> { ["reference"] = reference, ["product"] = Products[random.Next(2)], ["individual"] = random.Next(2) == 0 };
        foreach (var code in rollup.Codes)
            line[code] = $"{code}{random.Next(2)}";
        foreach (var measure in rollup.Measures)
            line[measure] = measure == "acts" ? random.Next(-1, 3) : random.Next(-500, 20_000);
        var month = new DateOnly(2025, 11, 1).AddMonths(random.Next(4));
        line["month"] = month;
        line["entry_day"] = line["payment_day"] = month.AddDays(random.Next(60));
        line["care_day"] = month.AddDays(random.Next(28));
        return line;
    }
}
