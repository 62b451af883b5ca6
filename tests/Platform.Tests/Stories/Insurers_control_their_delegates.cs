using System.Globalization;
using System.Text;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>Founding line B7, beside audit missions: the insurer's own control plan, and the delegate's yearly report to the board.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class Insurers_control_their_delegates(RunningPlatform platform)
{
    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task A_plan_is_adopted_its_control_is_made_and_what_it_finds_is_put_right(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var (plans, due) = ($"{parties.Path}/control-plans", TwoParties.Day(20));
        var owner = (string)(await insurer.GetAsync("/v1/members")).Ok().List("members").Single()["id"]!;
        (await delegated.PostAsync(plans, Plan(owner, due))).Refused(403, "SIDE_REQUIRED");
        (await insurer.PostAsync(plans, Plan(owner, due, requirement: "SII-0"))).Refused(400, "REQUIREMENT_UNKNOWN");

        // The insurer's alone until it is adopted.
        var draft = (await insurer.PostAsync(plans, Plan(owner, due))).Ok();
        Assert.Equal(["CONTROL_DUTY_OWN_CONTROLS", "CONTROL_DUTY_RESOURCES", "CONTROL_DUTY_CONTINGENCY"], draft.Json!["uncoveredDuties"]!.AsArray().Select(duty => (string)duty!));
        (await delegated.GetAsync($"{plans}/{draft.Text("id")}")).Refused(404, "CONTROL_PLAN_NOT_FOUND");
        Assert.Equal("ADOPTED", (await insurer.ActAsync($"{plans}/{draft.Text("id")}", "adopt")).Ok().Text("state"));
        var planned = Assert.Single((await delegated.GetAsync($"{parties.Path}/controls")).Ok().List("controls"));
        Assert.Equal(("PLANNED", due), ((string)planned["state"]!, (string)planned["dueDay"]!));
        var (id, control) = ((string)planned["id"]!, $"{parties.Path}/controls/{planned["id"]}");
        await insurer.FindsWorkAsync("control.execute", insurer.In("Make the control", "Réaliser le contrôle"), id);

        (await insurer.UploadAsync($"{control}:attach", "grille.txt", Encoding.UTF8.GetBytes("60 dossiers"), "text/plain")).Ok();
        (await insurer.ActAsync(control, "execute", Made(anomalies: 9, "CONFORM"))).Refused(400, "RESULT_CONTRADICTED");
        var made = (await insurer.ActAsync(control, "execute", Made(anomalies: 9, "NOT_CONFORM"))).Ok();
        Assert.Equal(("EXECUTED", 1), (made.Text("state"), made.List("files").Count));
        await insurer.FindsWorkAsync("control.find", insurer.In("Record what was found", "Enregistrer le constat"), id);

        // From here on as what an audit found.
        var found = (await insurer.PostAsync($"{parties.Path}/audit-findings", new { controlId = id, severity = "MAJOR", title = "Barème non tenu à jour" })).Ok();
        var finding = $"{parties.Path}/audit-findings/{found.Text("id")}";
        await delegated.FindsWorkAsync("audit.plan", objectId: found.Text("id"));
        var plan = (await delegated.PostAsync($"{finding}:setPlan", new { plan = "Mise à jour mensuelle.", dueDay = TwoParties.Day(30) }, found.Etag)).Ok();
        var done = (await delegated.PostAsync($"{finding}:complete", new { outcome = "Barème à jour." }, plan.Etag)).Ok();
        (await delegated.PostAsync($"{finding}:validate", new { closed = true }, done.Etag)).Refused(400, "FINDING_OF_YOUR_SIDE");
        Assert.Equal("CLOSED", (await insurer.PostAsync($"{finding}:validate", new { closed = true }, done.Etag)).Ok().Text("state"));
    }

    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task The_delegate_reports_on_its_year_and_the_board_takes_note(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var (terms, lastYear) = ($"{parties.Path}/yearly-report-terms", Year(TwoParties.Day(0)) - 1);
        var unset = (await insurer.GetAsync(terms)).Ok();
        Assert.Equal("MUTUAL_CODE", unset.Text("basis"));
        (await insurer.PutAsync(terms, new { firstYear = lastYear, firstDueDay = $"{lastYear + 1}-12-31", agreement = "Convention" }, unset.Etag)).Refused(400, "AGREEMENT_UNWANTED");
        (await insurer.PutAsync(terms, new { firstYear = lastYear, firstDueDay = $"{lastYear + 1}-12-31" }, unset.Etag)).Ok();

        var expected = Assert.Single((await delegated.GetAsync($"{parties.Path}/yearly-reports")).Ok().List("reports"));
        var (id, report) = ((string)expected["id"]!, $"{parties.Path}/yearly-reports/{expected["id"]}");
        await delegated.FindsWorkAsync("yearly_report.submit", delegated.In("Submit the yearly report", "Remettre le rapport annuel"), id);
        var statements = new { activities = "Prestations et cotisations.", complaints = 12, keyFigures = new[] { new { label = "Délai moyen", value = "2,1 jours" } } };
        (await delegated.ActAsync(report, "submit", new { statements })).Refused(400, "YEARLY_REPORT_FILE_MISSING");
        (await delegated.UploadAsync($"{report}:upload", "rapport.txt", Encoding.UTF8.GetBytes("Rapport"), "text/plain")).Ok();
        Assert.Empty((await insurer.GetAsync(report)).Ok().List("versions"));
        (await delegated.ActAsync(report, "submit", new { statements })).Ok();

        await insurer.FindsWorkAsync("yearly_report.present", insurer.In("Present the yearly report", "Présenter au conseil"), id);
        var version = Assert.Single((await insurer.GetAsync(report)).Ok().List("versions"));
        Assert.Equal("Rapport", Encoding.UTF8.GetString((await insurer.DownloadAsync($"{report}/versions/{version["id"]}:download")).Bytes));
        var presented = (await insurer.ActAsync(report, "present", new { day = TwoParties.Day(0), decision = "Le conseil prend acte." })).Ok();
        Assert.Equal(("PRESENTED", 1), (presented.Text("state"), presented.List("presentations").Count));
    }

    private static int Year(string day) => int.Parse(day[..4], CultureInfo.InvariantCulture);

    private static object Plan(string ownerId, string dueDay, string requirement = "SII-274-4-D") => new
    {
        year = Year(dueDay),
        controls = new[]
        {
            new
            {
                code = "C1", title = "Décomptes de prestations", subject = "AUDIT_SUBJECT_FIGURES", kind = "SAMPLE_OF_FILES", frequency = "ONCE", dueDay, ownerId,
                duties = new[] { "CONTROL_DUTY_DELEGATE_CONTROLS" }, requirementId = requirement,
            },
        },
    };

    private static object Made(int anomalies, string result) => new { executionDay = TwoParties.Day(0), sampleSize = 60, anomalies, result, summary = "Neuf décomptes hors barème." };
}
