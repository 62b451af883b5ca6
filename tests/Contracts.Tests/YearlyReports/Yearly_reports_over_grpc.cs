using System.Globalization;
using Delegation.Contracts.Tests.Access.RecordedCalls;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Grpc.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Basis = Delegation.Contracts.V1.YearlyReportTerms.Types.Basis;
using State = Delegation.Contracts.V1.YearlyReport.Types.State;

namespace Delegation.Contracts.Tests.YearlyReports;

/// <summary>The life of the delegate's yearly reports: expected when a year is over, submitted or late, presented, restated.</summary>
public sealed class Yearly_reports_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private Scene Scene => host.Scene;

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task The_insurer_sees_a_report_once_it_is_submitted_and_presents_it_to_its_board()
    {
        var (report, insurer, tpa) = await Scene.ExpectedReportAsync();
        Assert.Equal((State.Expected, Basis.MutualCode, false), (report.State, report.Basis, report.Late));
        Assert.Equal(["yearly_report.submit"], await WorkAsync(insurer));
        await RefusedAsync("YEARLY_REPORT_FILE_MISSING", () => Scene.YearlyReports(tpa).SubmitYearlyReportAsync(ReportCalls.Submit(report), deadline: People.Deadline).ResponseAsync);

        await Scene.UploadAsync(report, tpa);
        Assert.True(Assert.Single((await Scene.UploadAsync(report, tpa)).Versions).Draft);
        Assert.Empty((await Scene.YearlyReports(insurer).GetYearlyReportAsync(ReportCalls.Get(report), deadline: People.Deadline)).Versions);
        await RefusedAsync("YEARLY_REPORT_NOT_SUBMITTED", () => Scene.YearlyReports(insurer).RecordPresentationAsync(ReportCalls.Present(report), deadline: People.Deadline).ResponseAsync);

        var submitted = await Scene.YearlyReports(tpa).SubmitYearlyReportAsync(ReportCalls.Submit(report), deadline: People.Deadline);
        Assert.Equal(["yearly_report.present"], await WorkAsync(insurer));
        var seen = await Scene.YearlyReports(insurer).GetYearlyReportAsync(ReportCalls.Get(report), deadline: People.Deadline);
        Assert.Equal((submitted, 12, "rapport.txt"), (seen, seen.Versions[0].Statements.Complaints, seen.Versions[0].File.FileName));

        var presented = await Scene.YearlyReports(insurer).RecordPresentationAsync(ReportCalls.Present(seen), deadline: People.Deadline);
        Assert.Equal((State.Presented, 1, "Le conseil prend acte."), (presented.State, presented.Presentations[0].Number, presented.Presentations[0].Decision));
        Assert.Empty(await WorkAsync(insurer));
    }

    [PostgresFact]
    public async Task What_was_submitted_stays_and_a_correction_is_a_new_version_with_its_reason_for_the_board_again()
    {
        var (first, insurer, tpa) = await Scene.SubmittedReportAsync();
        var presented = await Scene.YearlyReports(insurer).RecordPresentationAsync(ReportCalls.Present(first), deadline: People.Deadline);
        var draft = await Scene.UploadAsync(presented, tpa);
        var silent = await Assert.ThrowsAsync<RpcException>(() => Scene.YearlyReports(tpa).SubmitYearlyReportAsync(ReportCalls.Submit(draft, reason: ""), deadline: People.Deadline).ResponseAsync);
        Assert.Equal([("reason", "REASON_REQUIRED")], silent.Violations());

        var second = await Scene.YearlyReports(tpa).SubmitYearlyReportAsync(ReportCalls.Submit(draft, "Réclamations recomptées."), deadline: People.Deadline);
        Assert.Equal((State.Submitted, 2, "Réclamations recomptées."), (second.State, second.Versions.Count, second.Versions[1].Reason));
        Assert.Equal(first.Versions[0], second.Versions[0]);
        Assert.Single(second.Presentations);
        Assert.Equal(["yearly_report.present"], await WorkAsync(insurer));

        await using var command = Scene.Database.Admin.CreateCommand("UPDATE yearly_report_version SET document = '{}' WHERE visibility = 'both'");
        Assert.Equal("23000", (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
    }

    [PostgresFact]
    public async Task A_year_that_ends_makes_its_report_expected_and_its_day_makes_it_late()
    {
        var (report, insurer, tpa) = await Scene.ExpectedReportAsync();
        var submitted = await Scene.SubmitAsync(report, tpa);
        try
        {
            // A day after the end of this year: the report on it is expected, by the end of the next.
            var toNextYear = new DateTime(report.Year + 2, 1, 2, 12, 0, 0, DateTimeKind.Utc) - DateTime.UtcNow;
            MoveClock(toNextYear);
            await Eventually.Async(async () => (await ListAsync(tpa, report)).Count == 2);
            var next = (await ListAsync(tpa, report))[0];
            Assert.Equal((report.Year + 1, State.Expected, $"{report.Year + 2}-12-31"), (next.Year, next.State, next.DueDay));

            MoveClock(toNextYear + TimeSpan.FromDays(366));
            await Eventually.Async(async () => (await ListAsync(tpa, report)).Single(one => one.Year == next.Year).Late);
            Assert.Contains("yearly_report.late", await WorkAsync(insurer));
            var late = await Scene.SubmitAsync((await ListAsync(tpa, report)).Single(one => one.Year == next.Year), tpa);
            Assert.Equal((true, State.Submitted), (late.Late, late.State));
            Assert.DoesNotContain("yearly_report.late", await WorkAsync(insurer));
            Assert.False((await ListAsync(tpa, report)).Single(one => one.Id == submitted.Id).Late);
        }
        finally
        {
            MoveClock(TimeSpan.Zero);
        }
    }

    private async Task<IReadOnlyList<YearlyReport>> ListAsync(Actor actor, YearlyReport of) =>
        (await Scene.YearlyReports(actor).ListYearlyReportsAsync(new ListYearlyReportsRequest { DelegationId = of.DelegationId }, deadline: People.Deadline)).Reports;

    private async Task<IEnumerable<string>> WorkAsync(Actor insurer) =>
        (await host.OpenWorkAsync(insurer.Organization!.Value.ToString())).Select(work => work.Kind).Where(kind => kind.StartsWith("yearly_report.", StringComparison.Ordinal));

    private void MoveClock(TimeSpan offset)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration["Clock:Offset"] = offset.ToString("c", CultureInfo.InvariantCulture);
        configuration.Reload();
    }

    private static async Task RefusedAsync(string reason, Func<Task> call) => Assert.Equal(reason, (await Assert.ThrowsAsync<RpcException>(call)).Reason());
}
