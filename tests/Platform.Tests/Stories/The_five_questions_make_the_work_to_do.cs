using System.Text.Json.Nodes;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>
/// Founding lines A5 and A4 (scoping): workshops bring out the real needs, the five questions generate the work to do, and both sides validate
/// calendar and deliverables.
/// </summary>
[Collection(nameof(RunningPlatform))]
public sealed class The_five_questions_make_the_work_to_do(RunningPlatform platform)
{
    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task Needs_are_decided_and_answers_validated_by_both_and_what_people_edit_is_kept(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var id = await parties.OpenProjectAsync();
        var project = ProjectSteps.Of(id);
        await parties.PassGateWithOverridesAsync(id, "TO_SCOPING");

        await HoldWorkshopAsync(parties, project);
        await AnswerAsync(parties, id);
        await KeepEditsAsync(parties, id);

        // The gate stays shut, and says why, until both agreed on scope, calendar and each deliverable.
        Assert.Equal(["CALENDAR_AGREED", "DELIVERABLES_VALIDATED", "SCOPE_VALIDATED_AT_SCOPING"], (await insurer.CriteriaAsync(id, "TO_SET_UP")).Order());
        (await insurer.PassGateAsync(id, "TO_SET_UP")).Refused(400, "CRITERION_UNMET", insurer.In("each missing criterion", "chaque critère manquant"));
        await parties.SettleScopeAsync();
        (await delegated.PostAsync($"{project}/goals", new { kind = "MILESTONE", title = "Cadrage validé", dueDay = TwoParties.Day(30) })).Ok();
        (await insurer.ActAsync($"{project}/calendar", "validate")).Ok();
        Assert.Contains("CALENDAR_AGREED", await insurer.CriteriaAsync(id, "TO_SET_UP"));
        await delegated.FindsWorkAsync("calendar.validate", objectId: id);
        Assert.Equal("true", (await delegated.ActAsync($"{project}/calendar", "validate")).Ok().Text("agreed"));
        foreach (var deliverable in await insurer.ItemsAsync(id, "deliverables", "deliverables"))
        {
            Assert.Contains("DELIVERABLES_VALIDATED", await delegated.CriteriaAsync(id, "TO_SET_UP"));
            await parties.BothAsync($"{project}/deliverables/{deliverable["id"]}", "validate");
        }

        // Both pass it; nothing moves while one waits for the other.
        Assert.Equal("PENDING", (await delegated.PassGateAsync(id, "TO_SET_UP")).Ok().Text("state"));
        Assert.Equal("SCOPING", (await delegated.GetAsync(project)).Ok().Text("phase"));
        await insurer.FindsWorkAsync("gate.pass", insurer.In("Mise en gestion: pass the gate to set-up", "Mise en gestion : franchir le jalon vers la mise en place"));
        Assert.Equal("PASSED", (await insurer.PassGateAsync(id, "TO_SET_UP")).Ok().Text("state"));
        Assert.Equal("SET_UP", (await delegated.GetAsync(project)).Ok().Text("phase"));
    }

    // Both teams meet; the need that they find ends in a decision of both, and becomes a deliverable.
    private static async Task HoldWorkshopAsync(TwoParties parties, string project)
    {
        var planned = (await parties.Delegate.PostAsync($"{project}/workshops", new
        {
            title = "Garanties et tiers payant",
            startTime = DateTime.UtcNow.AddHours(-2).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
            place = "Visioconférence",
            points = new[] { "Grille des garanties" },
            personIds = new[] { await PersonIdAsync(parties.Delegate) },
        })).Ok();
        var workshop = $"{project}/workshops/{planned.Text("id")}";
        (await parties.Insurer.ActAsync(workshop, "setParticipants", new { personIds = new[] { await PersonIdAsync(parties.Insurer) } })).Ok();
        Assert.Equal("HELD", (await parties.Delegate.ActAsync(workshop, "record", new { record = "Les deux équipes ont parcouru la grille ligne à ligne." })).Ok().Text("state"));

        var raised = (await parties.Delegate.PostAsync($"{project}/needs", new { workshopId = planned.Text("id"), title = "Suivi des devis", description = "Demandé chaque semaine." })).Ok();
        var need = $"{project}/needs/{raised.Text("id")}";
        await parties.Insurer.FindsWorkAsync("need.decide", objectId: raised.Text("id"));
        var decision = new { outcome = "ACCEPT", becomes = "DELIVERABLE", owner = new { side = "SIDE_DELEGATE", role = "ROLE_PROJECT_LEAD" }, dueDay = TwoParties.Day(30) };
        Assert.Equal("RAISED", (await parties.Insurer.ActAsync(need, "decide", new { decision })).Ok().Text("state"));
        Assert.NotEqual(200, (await parties.Insurer.ActAsync(need, "confirm")).Status);
        var accepted = (await parties.Delegate.ActAsync(need, "confirm")).Ok();
        Assert.Equal("ACCEPTED", accepted.Text("state"));
        Assert.Contains("Suivi des devis", (await parties.Insurer.GetAsync($"{project}/deliverables/{accepted.Text("resultId")}")).Ok().Text("title"), StringComparison.Ordinal);
    }

    // A cell that cannot be read is named, in the words of who sent it; nothing is generated before both validated.
    private static async Task AnswerAsync(TwoParties parties, string id)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var refused = (await delegated.SendGridAsync(id, "deux cents")).Refused(400, "CELL_MALFORMED");
        var cell = refused.List("errors").Single();
        Assert.Equal("file.lines[2].taux", (string)cell["field"]!);
        Assert.Contains(delegated.In("is no rate", "n'est pas un taux"), (string)cell["message"]!, StringComparison.Ordinal);
        (await delegated.GetAsync($"{ProjectSteps.Of(id)}/scoping-answers/GUARANTEE_GRID")).Refused(404, "ANSWER_NOT_FOUND");

        await parties.ProposeAnswersAsync(id);
        await insurer.FindsWorkAsync("scoping.validate");
        await insurer.ValidateAnswersAsync(id);
        Assert.Empty(await insurer.ItemsAsync(id, "take-over-lots", "takeOverLots"));
        Assert.Contains("FIVE_QUESTIONS_ANSWERED", await insurer.CriteriaAsync(id, "TO_SET_UP"));

        await delegated.ValidateAnswersAsync(id);
        Assert.Equal("Bénéficiaires", (string)Assert.Single(await insurer.ItemsAsync(id, "take-over-lots", "takeOverLots"))["title"]!);
        Assert.Equal(["OPE-M", "TEC-T"], (await insurer.ItemsAsync(id, "report-definitions", "reportDefinitions")).Select(Key).Order());
        Assert.Equal(["CHAMBRE", "CONS"], (await insurer.ItemsAsync(id, "acceptance-cases", "acceptanceCases")).Select(tried => (string)tried["guarantee"]!).Distinct().Order());
        Assert.Equal(
            ["DIGITAL_FUNCTIONS", "GUARANTEE_GRID", "REPORTS", "TAKE_OVER", "THIRD_PARTY_SEGMENTS"],
            (await insurer.ItemsAsync(id, "deliverables", "deliverables")).Select(Question).Where(question => question is not null).Distinct().Order());
        await insurer.FindsNoWorkAsync("scoping.validate");
    }

    // What people edit is theirs: generating again, from a new answer too, leaves it as it is and adds what is new.
    private static async Task KeepEditsAsync(TwoParties parties, string id)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var reports = (await insurer.ItemsAsync(id, "deliverables", "deliverables")).Single(item => Question(item) == "REPORTS" && Key(item) == "OPE-M");
        var path = $"{ProjectSteps.Of(id)}/deliverables/{reports["id"]}";
        var read = (await insurer.GetAsync(path)).Ok();
        (await insurer.PutAsync(path, new { title = "Maquette du tableau de bord", side = "SIDE_DELEGATE", dueDay = TwoParties.Day(45), state = "ACTIVE" }, read.Etag)).Ok();
        var again = (await delegated.PostAsync($"{ProjectSteps.Of(id)}/scoping-answers:generate", new { })).Ok();
        Assert.Equal(("0", "0", "0"), (again.Text("added"), again.Text("changed"), again.Text("retired")));

        var answer = $"{ProjectSteps.Of(id)}/scoping-answers/REPORTS";
        (await delegated.PostAsync($"{ProjectSteps.Of(id)}/scoping-answers", JsonNode.Parse("""
            { "reports": { "reports": [
              { "code": "OPE-M", "title": "Tableau de bord mensuel", "kind": "OPERATIONAL", "periodicity": "EACH_MONTH", "dueDays": 10, "format": "CSV", "recipient": "Pilotage" },
              { "code": "TEC-T", "title": "Rapport technique", "kind": "TECHNICAL", "periodicity": "EACH_QUARTER", "dueDays": 30, "format": "XLSX", "recipient": "Actuariat" },
              { "code": "TEC-A", "title": "Rapport annuel", "kind": "TECHNICAL", "periodicity": "EACH_YEAR", "dueDays": 60, "format": "XLSX", "recipient": "Actuariat" }] } }
            """)!, (await delegated.GetAsync(answer)).Ok().Etag)).Ok();
        await parties.BothAsync(answer, "validate");

        Assert.Equal(
            ["Rapport annuel", "Rapport technique", "Tableau de bord mensuel"],
            (await insurer.ItemsAsync(id, "report-definitions", "reportDefinitions")).Select(report => (string)report["title"]!).Order());
        var kept = (await delegated.GetAsync(path)).Ok();
        Assert.Equal("Maquette du tableau de bord", kept.Text("title"));
        Assert.Contains("title", kept.Json!["origin"]!["editedFields"]!.AsArray().Select(field => (string)field!));
    }

    private static async Task<string> PersonIdAsync(Party party) => (string)(await party.GetAsync("/v1/members")).Ok().List("members").Single()["personId"]!;

    private static string Key(JsonNode item) => (string)item["origin"]!["key"]!;

    private static string? Question(JsonNode item) => (string?)item["origin"]!["question"] is { } question and not "SCOPING_QUESTION_UNSPECIFIED" ? question : null;
}
