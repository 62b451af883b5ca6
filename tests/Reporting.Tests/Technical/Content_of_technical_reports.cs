using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Reports;
using Delegation.Reporting.Technical;
using Delegation.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Delegation.Reporting.Tests.Technical;

public sealed class Content_of_technical_reports(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Every_table_adds_up_control_totals_hold_and_charts_show_columns_that_are_there()
    {
        var of = await host.Scene.ToldAsync();
        var caller = new Caller(of.Delegate, Guid.CreateVersion7(), new HashSet<string>()) { Side = Side.Delegate };
        await using var session = await host.Services.GetRequiredService<TenantSessions>().OpenAsync(caller);
        var scope = new ReportScope(new KnownDelegation(of.Insurer, of.Delegation, of.Delegate, "open"), new Period(new(2025, 1, 1), new(2025, 12, 31)), new(2025, 12, 31));

        var report = await new TechnicalReportBuilder().BuildAsync(session, scope, default);
        var tables = new Dictionary<string, BuiltTable>();
        await foreach (var table in report.Tables)
        {
            var lines = await table.Lines.ToArrayAsync();
            Assert.Equal(lines.Length, lines.DistinctBy(line => line.Key).Count());
            for (var column = 0; column < table.Table.Columns.Count; column++)
                if (table.Table.Columns[column].Additive)
                    Assert.Equal(table.Table.Totals[column].Number, lines.Sum(line => line.Cells[column].Number));
            tables.Add(table.Table.Key, table);
        }

        Assert.Equal(18, tables.Count);
        Assert.Equal(["benefits", "expenses", "acts", "exposure_days"], report.ControlTotals.Select(total => total.ColumnKey));
        foreach (var total in report.ControlTotals)
            Assert.Equal(total.Number, tables[total.TableKey].Table.Totals[Place(total.TableKey, total.ColumnKey)].Number);
        foreach (var chart in report.Charts)
            Assert.All(chart.SeriesColumnKeys.Append(chart.XColumnKey), key => Place(chart.TableKey, key));
        // What is the insurer's alone is in no report.
        Assert.DoesNotContain(tables.Values.SelectMany(table => table.Table.Columns), column => InsurerFigures.All.Any(figure => figure.Key == column.Key));

        int Place(string table, string column) => tables[table].Table.Columns.Index().Single(one => one.Item.Key == column).Index;
    }
}
