using System.Security.Cryptography;
using System.Text;
using Dapper;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Grpc.Core;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Acceptance.PreparingAcceptance;
using static Delegation.ProjectDelivery.Tests.Preparing;
using Kind = Delegation.Delivery.V1.AcceptanceReport.Types.Kind;
using State = Delegation.Delivery.V1.AcceptanceReport.Types.State;

namespace Delegation.ProjectDelivery.Tests.Acceptance;

public sealed class Reports_on_acceptance(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_report_is_sealed_by_the_signatures_of_both_sides_over_the_hash_of_what_they_read()
    {
        var (tested, report) = await host.Scene.ReportAsync();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(report.Text))), report.TextSha256);
        Assert.Contains("AMC attendu 20,00 € : réussi", report.Text, StringComparison.Ordinal);

        var signed = await host.Scene.SignAsync(tested.Two.Insurer, report);
        Assert.Equal((State.PartlySigned, null), (signed.State, signed.SealTime));
        var again = await Refusals.ThrownBy(host.Scene.Reports(tested.Two.Insurer).SignAcceptanceReportAsync(Signature(report), deadline: Deadline));
        var wrong = Signature(report);
        wrong.TextSha256 = new string('0', 64);
        var differs = await Refusals.ThrownBy(host.Scene.Reports(tested.Two.Delegate).SignAcceptanceReportAsync(wrong, deadline: Deadline));
        Assert.Equal(["REPORT_ALREADY_SIGNED", "REPORT_TEXT_DIFFERS"], [again.Reason(), differs.Reason()]);

        var isSealed = await host.Scene.SignAsync(tested.Two.Delegate, report);
        Assert.Equal((State.Sealed, report.Text, 2), (isSealed.State, isSealed.Text, isSealed.Signatures.Count));
        var run = await Refusals.ThrownBy(host.Scene.Campaigns(tested.Two.Insurer).RecordRunAsync(Passed(tested), deadline: Deadline));
        Assert.Equal("CAMPAIGN_SEALED", run.Reason());
    }

    [PostgresFact]
    public async Task No_report_while_a_blocking_anomaly_is_open_neither_issued_nor_signed()
    {
        var (tested, blocking) = await host.Scene.AnomalyAsync(AnomalySeverity.Blocking);
        var refused = await Refusals.ThrownBy(host.Scene.Reports(tested.Two.Insurer).IssueAcceptanceReportAsync(PreparingAcceptance.Acceptance(tested), deadline: Deadline));
        Assert.Equal((StatusCode.FailedPrecondition, "REPORT_NOT_READY"), refused.Kind());
        Assert.Equal([("BLOCKING_ANOMALY_OPEN", blocking.Id)], refused.Conditions().Select(condition => (condition.Type, condition.Subject)));

        var lowered = await host.Scene.Anomalies(tested.Two.Delegate).SettleAnomalyAsync(Settlement(blocking, severity: AnomalySeverity.Minor), deadline: Deadline);
        Assert.Equal(AnomalySeverity.Blocking, lowered.Severity);
        lowered = await host.Scene.Anomalies(tested.Two.Insurer).SettleAnomalyAsync(Settlement(lowered, severity: AnomalySeverity.Minor), deadline: Deadline);
        Assert.Equal(AnomalySeverity.Minor, lowered.Severity);
        var report = await host.Scene.IssueAsync(tested);
        Assert.Equal(1, report.ReserveCount);
        Assert.Contains("[mineure, ouverte] Arrondi par défaut", report.Text, StringComparison.Ordinal);

        var raised = Whole(lowered);
        raised.Severity = AnomalySeverity.Blocking;
        await host.Scene.Anomalies(tested.Two.Insurer).UpdateAnomalyAsync(raised, deadline: Deadline);
        var unsigned = await Refusals.ThrownBy(host.Scene.Reports(tested.Two.Delegate).SignAcceptanceReportAsync(Signature(report), deadline: Deadline));
        Assert.Equal("REPORT_NOT_READY", unsigned.Reason());
    }

    [PostgresFact]
    public async Task A_report_is_not_signed_when_what_it_says_has_moved_but_withdrawn_and_issued_anew()
    {
        var (tested, report) = await host.Scene.ReportAsync();
        await host.Scene.SignAsync(tested.Two.Insurer, report);
        await host.Scene.FailAsync(tested, AnomalySeverity.Minor);

        var outdated = await Refusals.ThrownBy(host.Scene.Reports(tested.Two.Delegate).SignAcceptanceReportAsync(Signature(report), deadline: Deadline));
        var second = await Refusals.ThrownBy(host.Scene.Reports(tested.Two.Delegate).IssueAcceptanceReportAsync(PreparingAcceptance.Acceptance(tested), deadline: Deadline));
        Assert.Equal(["REPORT_OUTDATED", "REPORT_IN_PROGRESS"], [outdated.Reason(), second.Reason()]);

        var read = await host.Scene.Reports(tested.Two.Delegate).GetAcceptanceReportAsync(
            new GetAcceptanceReportRequest { ProjectId = report.ProjectId, ReportId = report.Id }, deadline: Deadline);
        Assert.Equal((report.Text, State.PartlySigned), (read.Text, read.State));
        var withdrawn = await host.Scene.Reports(tested.Two.Delegate).WithdrawAcceptanceReportAsync(
            new WithdrawAcceptanceReportRequest { ProjectId = report.ProjectId, ReportId = report.Id, Etag = read.Etag }, deadline: Deadline);
        Assert.Equal(State.Withdrawn, withdrawn.State);
        Assert.Equal(State.Sealed, (await host.Scene.SealAsync(tested.Two, await host.Scene.IssueAsync(tested))).State);
    }

    [PostgresFact]
    public async Task A_case_that_was_never_run_keeps_the_report_back()
    {
        var tested = await host.Scene.CampaignAsync();

        var refusal = await Refusals.ThrownBy(host.Scene.Reports(tested.Two.Insurer).IssueAcceptanceReportAsync(PreparingAcceptance.Acceptance(tested), deadline: Deadline));

        Assert.Equal("CASES_TO_RUN", refusal.Conditions().Single().Type);
    }

    [PostgresFact]
    public async Task A_homologation_takes_the_sealed_report_of_each_campaign()
    {
        var (tested, report) = await host.Scene.ReportAsync();
        var request = new IssueAcceptanceReportRequest { ProjectId = tested.ProjectId, Kind = Kind.Homologation };
        var early = await Refusals.ThrownBy(host.Scene.Reports(tested.Two.Insurer).IssueAcceptanceReportAsync(request, deadline: Deadline));
        Assert.Equal(("CAMPAIGN_NOT_SEALED", tested.Campaign.Id), (early.Conditions().Single().Type, early.Conditions().Single().Subject));

        await host.Scene.SealAsync(tested.Two, report);
        var homologation = await host.Scene.Reports(tested.Two.Insurer).IssueAcceptanceReportAsync(request, deadline: Deadline);
        Assert.Contains(report.TextSha256, homologation.Text, StringComparison.Ordinal);
        Assert.Equal((1, 1), (homologation.CaseCount, homologation.RunCount));
        Assert.Equal(State.Sealed, (await host.Scene.SealAsync(tested.Two, homologation)).State);
    }

    [PostgresFact]
    public async Task Two_signatures_at_once_seal_a_report_once()
    {
        var (tested, report) = await host.Scene.ReportAsync();
        var byBoth = new[] { tested.Two.Insurer, tested.Two.Delegate, tested.Two.Insurer, tested.Two.Delegate }
            .Select(async actor =>
            {
                try
                {
                    return (await host.Scene.SignAsync(actor, report)).State.ToString();
                }
                catch (RpcException refusal)
                {
                    return refusal.Reason();
                }
            });

        // The later calls of each side come too late: by their own side, or by both.
        var answers = await Task.WhenAll(byBoth);
        Assert.Single(answers, "PartlySigned");
        Assert.Single(answers, "Sealed");
        Assert.Equal(2, answers.Count(answer => answer is "REPORT_ALREADY_SIGNED" or "REPORT_NOT_ISSUED"));
    }

    [PostgresFact]
    public async Task Not_even_the_owner_of_the_database_changes_a_sealed_report()
    {
        var (tested, report) = await host.Scene.ReportAsync();
        await host.Scene.SealAsync(tested.Two, report);
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => administrator.ExecuteAsync(
            "UPDATE acceptance_report SET text = 'autre', text_sha256 = encode(sha256('autre'), 'hex') WHERE report_id = @id", new { id = Guid.Parse(report.Id) }));

        Assert.Contains("is sealed", refusal.MessageText, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task To_sign_needs_as_many_statements_however_many_cases_there_are()
    {
        var few = await StatementsOfASignatureAsync(1);
        var many = await StatementsOfASignatureAsync(6);

        Assert.Equal(few, many);
    }

    private async Task<int> StatementsOfASignatureAsync(int cases)
    {
        var tested = await host.Scene.CampaignAsync();
        await host.Scene.RunAsync(tested.Two.Insurer, Passed(tested));
        for (var i = 1; i < cases; i++)
        {
            var written = await host.Scene.Campaigns(tested.Two.Insurer).WriteCaseAsync(NewCase(tested.Campaign), deadline: Deadline);
            await host.Scene.RunAsync(tested.Two.Insurer, Passed(tested with { Case = written }));
        }

        var report = await host.Scene.IssueAsync(tested);
        using var statements = new StatementRecorder();
        await host.Scene.SignAsync(tested.Two.Insurer, report);
        return statements.Of(host.Database.Name).Count(sql => sql.Contains("acceptance_", StringComparison.Ordinal) || sql.Contains("anomaly", StringComparison.Ordinal));
    }
}
