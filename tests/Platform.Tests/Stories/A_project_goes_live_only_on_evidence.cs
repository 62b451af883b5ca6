using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>
/// Founding line A4 (set-up and robustness): reporting is agreed on and tried on both sides, and acceptance, homologation, take-over and cutover
/// come before the run.
/// </summary>
[Collection(nameof(RunningPlatform))]
public sealed class A_project_goes_live_only_on_evidence(RunningPlatform platform)
{
    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task Reports_are_reconciled_acceptance_is_sealed_data_are_taken_over_and_both_say_go(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        await parties.ValidateScopeAsync();
        var id = await parties.OpenProjectAsync(await parties.SettleScopeAsync());
        await parties.PassGateWithOverridesAsync(id, "TO_SCOPING");
        await parties.ProposeAnswersAsync(id);
        await insurer.ValidateAnswersAsync(id);
        await delegated.ValidateAnswersAsync(id);
        await parties.PassGateWithOverridesAsync(id, "TO_SET_UP");

        // Set-up: the gate opens once both have the same reports, and the same figures of a test delivery.
        Assert.Equal(["REPORT_CATALOGUE_AGREED", "TEST_DELIVERIES_RECONCILED"], await insurer.CriteriaAsync(id, "TO_ROBUSTNESS"));
        await AgreeOnReportsAsync(parties, ProjectSteps.Of(id));
        await parties.PassGateAsync(id, "TO_ROBUSTNESS");

        // Robustness: what the run waits for, one after the other.
        Assert.Equal(
            ["ACCEPTANCE_REPORTS_SEALED", "ACPR_INFORMED", "CUTOVER_GO", "HOMOLOGATION_SEALED", "HYPERCARE_TERMS_AGREED", "LOTS_RECONCILED", "MANDATORY_ANNEXES_APPROVED"],
            (await delegated.CriteriaAsync(id, "TO_RUN")).Order());
        await AcceptAsync(parties, id);
        await TakeOverAsync(parties, id);
        await CutOverAsync(parties, ProjectSteps.Of(id));
        Assert.Equal(["ACPR_INFORMED", "HYPERCARE_TERMS_AGREED", "MANDATORY_ANNEXES_APPROVED"], (await insurer.CriteriaAsync(id, "TO_RUN")).Order());
        await OverrideAsync(parties, id);

        await parties.PassGateAsync(id, "TO_RUN");
        Assert.Equal("RUN", (await delegated.GetAsync(ProjectSteps.Of(id))).Ok().Text("phase"));
    }

    // Both agree on when each report comes, and try each out.
    private static async Task AgreeOnReportsAsync(TwoParties parties, string project)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var catalogue = $"{project}/report-catalogue";
        (await insurer.ActAsync(catalogue, "agree")).Refused(400, "CALENDAR_MISSING", insurer.In("not complete", "incomplet"));
        var reports = (await delegated.GetAsync(catalogue)).Ok().List("reports").Select(report => (string)report["reportId"]!).ToArray();
        foreach (var report in reports)
        {
            (await delegated.PutAsync($"{catalogue}/{report}", new { firstPeriodDay = "2027-01-01", counting = "OUVRES" }, (await delegated.GetAsync(catalogue)).Etag)).Ok();
        }

        Assert.Equal("PENDING", (await insurer.ActAsync(catalogue, "agree")).Ok().Text("state"));
        Assert.Equal("AGREED", (await delegated.ActAsync(catalogue, "agree")).Ok().Text("state"));
        foreach (var report in reports)
        {
            await ReconcileAsync(parties, project, report);
        }
    }

    // The insurer counts less than was delivered, the delegate explains it, both accept.
    private static async Task ReconcileAsync(TwoParties parties, string project, string report)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var delivered = (await delegated.PostAsync($"{project}/test-deliveries", new
        {
            reportId = report,
            periodFirstDay = "2027-01-01",
            periodLastDay = "2027-03-31",
            fileName = "essai.csv",
            fileSha256 = Convert.ToHexStringLower(SHA256.HashData("essai"u8)),
            count = new { rows = "1200", lines = new[] { new { label = "Prestations", count = "1200", amountCents = "4512050" } } },
        })).Ok();
        var delivery = $"{project}/test-deliveries/{delivered.Text("id")}";
        var counted = (await insurer.ActAsync(delivery, "count", new
        {
            count = new { rows = "1200", lines = new[] { new { label = "Prestations", count = "1200", amountCents = "4510000" } } },
        })).Ok();
        Assert.Equal(("DIFFERENT", "Prestations"), (counted.Text("state"), (string)Assert.Single(counted.List("differences"))["label"]!));
        (await insurer.ActAsync(delivery, "accept")).Refused(400, "DIFFERENCE_UNEXPLAINED", insurer.In("explained first", "être expliqué"));
        (await delegated.ActAsync(delivery, "explain", new { label = "Prestations", explanation = "Une régularisation est comptée au mois suivant." })).Ok();
        Assert.Equal("AGREED", (await parties.BothAsync(delivery, "accept")).Text("state"));
    }

    // A blocking anomaly keeps the acceptance report from being written; mended and run again, it is sealed by both over its hash.
    private static async Task AcceptAsync(TwoParties parties, string id)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var project = ProjectSteps.Of(id);
        var cases = await insurer.ItemsAsync(id, "acceptance-cases", "acceptanceCases");
        var campaign = (await insurer.PostAsync($"{project}/campaigns", new
        {
            name = "Recette des garanties",
            kind = "END_TO_END",
            testingSide = "SIDE_INSURER",
            firstDay = TwoParties.Day(0),
            lastDay = TwoParties.Day(20),
            caseIds = cases.Select(tried => (string)tried["id"]!),
        })).Ok().Text("id")!;
        var runs = $"{project}/campaigns/{campaign}/runs";
        foreach (var tried in cases.Skip(1))
        {
            (await insurer.PostAsync(runs, new { caseId = (string)tried["id"]!, result = "PASSED", actual = tried["expected"] })).Ok();
        }

        var failing = cases[0];
        (await insurer.PostAsync(runs, new
        {
            caseId = (string)failing["id"]!,
            result = "FAILED",
            actual = new { minorUnits = "1", currency = "EUR" },
            observation = "Le plafond n'est pas appliqué.",
            anomaly = new { title = "Plafond ignoré", description = "Le remboursement dépasse la garantie.", severity = "BLOCKING", side = "SIDE_DELEGATE", dueDay = TwoParties.Day(5) },
        })).Ok();
        var anomaly = (string)(await delegated.GetAsync($"{project}/anomalies")).Ok().List("anomalies").Single()["id"]!;
        await delegated.FindsWorkAsync("anomaly.fix", delegated.In("Fix the anomaly: Plafond ignoré", "Corriger l'anomalie : Plafond ignoré"), anomaly);
        (await insurer.PostAsync($"{project}/acceptance-reports", new { kind = "ACCEPTANCE", campaignId = campaign })).Refused(400, "BLOCKING_ANOMALY_OPEN");
        (await delegated.ActAsync($"{project}/anomalies/{anomaly}", "fix", new { fix = "Le plafond est paramétré." })).Ok();
        (await insurer.PostAsync(runs, new { caseId = (string)failing["id"]!, result = "PASSED", actual = failing["expected"] })).Ok();
        Assert.Equal("CLOSED", (await insurer.ActAsync($"{project}/anomalies/{anomaly}", "close")).Ok().Text("state"));

        (await insurer.PostAsync($"{project}/acceptance-reports", new { kind = "HOMOLOGATION" })).Refused(400, "CAMPAIGN_NOT_SEALED");
        await SealAsync(parties, project, new { kind = "ACCEPTANCE", campaignId = campaign });
        Assert.DoesNotContain("ACCEPTANCE_REPORTS_SEALED", await insurer.CriteriaAsync(id, "TO_RUN"));
        await SealAsync(parties, project, new { kind = "HOMOLOGATION" });
        Assert.DoesNotContain("HOMOLOGATION_SEALED", await delegated.CriteriaAsync(id, "TO_RUN"));
    }

    private static async Task SealAsync(TwoParties parties, string project, object report)
    {
        var issued = (await parties.Insurer.PostAsync($"{project}/acceptance-reports", report)).Ok();
        var textSha256 = issued.Text("textSha256");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(issued.Text("text")!))), textSha256);
        var path = $"{project}/acceptance-reports/{issued.Text("id")}";
        (await parties.Delegate.PostAsync($"{path}:sign", new { textSha256 = new string('0', 64) })).Refused(400, "REPORT_TEXT_DIFFERS");
        Assert.Equal("PARTLY_SIGNED", (await parties.Insurer.PostAsync($"{path}:sign", new { textSha256 })).Ok().Text("state"));
        Assert.Equal(400, (await parties.Insurer.DownloadAsync($"{path}:download")).Status);
        Assert.Equal("SEALED", (await parties.Delegate.PostAsync($"{path}:sign", new { textSha256 })).Ok().Text("state"));

        // Both hold the same file of what they signed.
        var (status, pdf, type) = await parties.Insurer.DownloadAsync($"{path}:download");
        Assert.Equal((200, "application/pdf", "%PDF-"), (status, type, Encoding.ASCII.GetString(pdf, 0, 5)));
        Assert.Equal(pdf, (await parties.Delegate.DownloadAsync($"{path}:download")).Bytes);
    }

    // The dry run lacks some and is refused with the reason; the real one is accepted by both.
    private static async Task TakeOverAsync(TwoParties parties, string id)
    {
        var lot = (string)(await parties.Delegate.ItemsAsync(id, "take-over-lots", "takeOverLots")).Single()["id"]!;
        var (dryRun, loaded) = await LoadAsync(parties, id, lot, dryRun: true, "11990");
        Assert.Equal("true", loaded.Text("differs"));
        Assert.Equal("REFUSED", (await parties.Insurer.ActAsync(dryRun, "refuse", new { reason = "Dix bénéficiaires manquent." })).Ok().Text("state"));
        Assert.Contains("LOTS_RECONCILED", await parties.Insurer.CriteriaAsync(id, "TO_RUN"));

        var (real, whole) = await LoadAsync(parties, id, lot, dryRun: false, "12000");
        Assert.NotEqual("true", whole.Text("differs"));
        Assert.Equal("ACCEPTED", (await parties.BothAsync(real, "accept")).Text("state"));
        Assert.DoesNotContain("LOTS_RECONCILED", await parties.Delegate.CriteriaAsync(id, "TO_RUN"));
    }

    private static async Task<(string Path, Answer Loaded)> LoadAsync(TwoParties parties, string id, string lotId, bool dryRun, string count)
    {
        var takeOvers = $"{ProjectSteps.Of(id)}/take-overs";
        var started = (await parties.Insurer.PostAsync(takeOvers, new { lotId, dryRun, totals = new[] { new { title = "Bénéficiaires", count = "12000" } } })).Ok();
        var path = $"{takeOvers}/{started.Text("id")}";
        return (path, (await parties.Delegate.ActAsync(path, "recordLoad", new { totals = new[] { new { title = "Bénéficiaires", count } } })).Ok());
    }

    // A no-go stops it at once; it goes on when both say go.
    private static async Task CutOverAsync(TwoParties parties, string project)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var owner = new { side = "SIDE_DELEGATE", role = "ROLE_PROJECT_LEAD" };
        var planned = (await delegated.PostAsync($"{project}/cutovers", new
        {
            title = "Bascule",
            startTime = DateTime.UtcNow.AddMinutes(-5).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            steps = new object[]
            {
                new { number = 1, title = "Point de retour", kind = "ROLLBACK_POINT", owner, durationMinutes = 10 },
                new { number = 2, title = "Décision de mise en service", kind = "DECISION_POINT", owner, durationMinutes = 15, after = new[] { 1 } },
                new { number = 3, title = "Ouverture des flux", kind = "TASK", owner, durationMinutes = 30, after = new[] { 2 } },
            },
        })).Ok();
        var cutover = $"{project}/cutovers/{planned.Text("id")}";
        await StepAsync(delegated, cutover, 1);
        (await delegated.PostAsync($"{cutover}:reportStep", new { number = 3, progress = "BEGUN" })).Refused(400, "STEP_NOT_REACHED");

        Assert.Equal("STOPPED", (await insurer.ActAsync(cutover, "decide", new { number = 2, go = false, reason = "Un flux de test manque." })).Ok().Text("state"));
        (await delegated.PostAsync($"{cutover}:reportStep", new { number = 3, progress = "BEGUN" })).Refused(400, "CUTOVER_STOPPED", delegated.In("said no-go", "a dit no-go"));
        (await insurer.ActAsync(cutover, "decide", new { number = 2, go = true })).Ok();
        await delegated.FindsWorkAsync("cutover.decide", "Go ");
        (await delegated.ActAsync(cutover, "decide", new { number = 2, go = true })).Ok();
        Assert.Equal("COMPLETED", (await StepAsync(delegated, cutover, 3)).Text("state"));
    }

    private static async Task<Answer> StepAsync(Party owner, string cutover, int number)
    {
        (await owner.PostAsync($"{cutover}:reportStep", new { number, progress = "BEGUN" })).Ok();
        return (await owner.PostAsync($"{cutover}:reportStep", new { number, progress = "ENDED" })).Ok();
    }

    // Annexes may follow if both agree until when; no agreement takes the place of informing the ACPR.
    private static async Task OverrideAsync(TwoParties parties, string id)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        (await insurer.ProposeOverrideAsync(id, "TO_RUN", "ACPR_INFORMED"))
            .Refused(400, "CRITERION_NOT_OVERRIDABLE", insurer.In("No agreement of the parties", "Aucun accord des parties"));
        await parties.InformAcprAsync();
        foreach (var criterion in new[] { "HYPERCARE_TERMS_AGREED", "MANDATORY_ANNEXES_APPROVED" })
        {
            var proposed = (await delegated.ProposeOverrideAsync(id, "TO_RUN", criterion)).Ok();
            var path = $"{ProjectSteps.Of(id)}/overrides/{proposed.Text("id")}";
            (await delegated.ActAsync(path, "confirm")).Refused(400, "OVERRIDE_OF_YOUR_SIDE", delegated.In("the other side is to confirm it", "il revient à l'autre de la confirmer"));
            Assert.Contains(criterion, await insurer.CriteriaAsync(id, "TO_RUN"));
            await insurer.FindsWorkAsync("override.confirm", insurer.In("Confirm or decline an override", "Confirmer ou décliner une dérogation"), proposed.Text("id"));
            (await insurer.PassGateAsync(id, "TO_RUN")).Refused(400, "CRITERION_UNMET");
            (await insurer.ActAsync(path, "confirm")).Ok();
            Assert.Contains(criterion, await delegated.CriteriaAsync(id, "TO_RUN", "OVERRIDDEN"));
        }
    }
}
