using Dapper;
using Delegation.Reporting.Tests.Imports;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Reporting.Tests.Reports;

public sealed class Reports_that_fall_due(PublicationHost host) : IClassFixture<PublicationHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_report_falls_due_when_its_period_is_over_and_is_late_after_its_due_day()
    {
        var sides = await host.Scene.SidesAsync();
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        await administrator.ExecuteAsync(
            """
            INSERT INTO report_calendar VALUES (@Insurer, @Delegation, @Delegate, @id, gen_random_uuid(), 'technical', 'Reporting technique', 'each_year', 10, 'ouvres', '2024-01-01', false);
            INSERT INTO due (kind, owner_id, object_id, due_time) VALUES ('report.due', @Insurer, @id, '2025-01-01')
            """,
            new { sides.Insurer, sides.Delegation, sides.Delegate, id = Guid.CreateVersion7() });

        var reports = new Google.Protobuf.Collections.RepeatedField<Report>();
        await Eventually.Async(async () =>
        {
            reports = (await host.Scene.Reports(sides.Reader).ListReportsAsync(new ListReportsRequest { DelegationId = sides.Delegation.ToString() }, deadline: ImportCalls.Deadline)).Delegations[0].Reports;
            return reports.Count >= 2 && reports.Any(report => report.Late);
        });

        // 1 January is a holiday, and weekends do not count.
        var first = reports[^1];
        Assert.Equal(("2024-01-01", "2024-12-31", "2025-01-15", true), (first.PeriodStartDay, first.PeriodEndDay, first.DueDay, first.Late));
        Report report = new();
        await Eventually.Async(async () => (report = await host.Scene.GetAsync(sides, first.Id)).LateTime is not null);
        Assert.Equal(new DateTime(2025, 1, 15, 23, 0, 0, DateTimeKind.Utc), report.LateTime.ToDateTime());
        Assert.Equal(reports.Count, reports.Select(one => one.PeriodStartDay).Distinct().Count());
        var events = await administrator.QueryAsync<string>(
            "SELECT event_type FROM journal WHERE object_id = @id", new { id = Guid.Parse(first.Id) });
        Assert.Contains("delegation.reporting.v1.ReportLate", events);
    }
}
