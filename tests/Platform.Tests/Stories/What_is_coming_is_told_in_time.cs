using System.Security.Cryptography;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>
/// Founding line B6: a watch deliverable, so that heavy compulsory change is prepared in time. The platform reads public addresses alone, and this one has none to read: here
/// people enter what they found at a source that they visit; feeds are read in the tests of Watch.
/// </summary>
[Collection(nameof(RunningPlatform))]
public sealed class What_is_coming_is_told_in_time(RunningPlatform platform)
{
    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task A_text_is_found_sorted_out_assessed_decided_told_and_becomes_an_amendment_request(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var project = await parties.OpenProjectAsync();

        // A source inside the network is refused before anybody connects; one that people visit is added.
        (await delegated.PostAsync("/v1/watch-sources", Source("FEED", "http://127.0.0.1:8080/feed"))).Refused(400, "URL_NOT_PUBLIC");
        var source = (await delegated.PostAsync("/v1/watch-sources", Source("MANUAL", "https://www.legifrance.gouv.fr"))).Ok().Text("id");

        // What two people report is one item, which keeps both places and says why.
        var found = (await delegated.PostAsync("/v1/tracked-items", new { details = Text("Décret n° 2026-310 relatif aux prothèses capillaires", "https://www.legifrance.gouv.fr/eli/decret/2026/3/2/SSAS2601234D/jo/texte"), sourceId = source })).Ok();
        var again = (await delegated.PostAsync("/v1/tracked-items", new { details = Text("Ce que change le décret 2026-310 (SSAS2601234D)", ""), readAt = "L'Argus" })).Ok();
        Assert.Equal((found.Text("id"), 2), (again.Text("id"), again.List("sightings").Count));
        Assert.Equal("SAME_REFERENCE", (string)again.List("sightings")[1]["reason"]!);
        var item = $"/v1/tracked-items/{found.Text("id")}";
        await delegated.FindsWorkAsync("watch.triage", delegated.In("Sort out what the watch found", "Trier les nouveautés de la veille"));
        Assert.Equal(404, (await insurer.GetAsync(item)).Status);

        // One person sorts out: noise goes with a reason, and what matters stays.
        var noise = (await delegated.PostAsync("/v1/tracked-items", new { details = new { stream = "MARKET", title = "Salon professionnel de printemps" } })).Ok();
        (await delegated.ActAsync($"/v1/tracked-items/{noise.Text("id")}", "triage", new { move = "DISMISS" })).Refused(400, "REASON_REQUIRED");
        (await delegated.ActAsync($"/v1/tracked-items/{noise.Text("id")}", "triage", new { move = "DISMISS", reason = "Sans effet sur nos contrats." })).Ok();
        (await delegated.ActAsync(item, "triage", new { move = "KEEP" })).Ok();
        await delegated.FindsNoWorkAsync("watch.triage");

        // Its impact, on what is there: a project of another service is found with the caller's token, a made-up one is not.
        (await delegated.ActAsync(item, "assess", new { assessment = Impact(Guid.NewGuid().ToString()) })).Refused(400, "OBJECT_UNKNOWN");
        var assessed = (await delegated.ActAsync(item, "assess", new { assessment = Impact(project) })).Ok();
        Assert.Equal("Mise en gestion", (string)assessed.Json!["assessment"]!["affected"]![0]!["title"]!);

        // It asks something of each side, and an amendment of the contract.
        var action = (await delegated.PostAsync($"{parties.Path}/watch-actions", new
        {
            itemId = found.Text("id"), title = "Valider la grille", side = "SIDE_INSURER", role = "ROLE_DELEGATION_MANAGER", dueDay = TwoParties.Day(60),
        })).Ok();
        await insurer.FindsWorkAsync("watch_action.complete", objectId: action.Text("id"));
        (await delegated.ActAsync(item, "decide", new { kind = "AMEND", reason = "La grille change." })).Refused(400, "DECISION_UNFOUNDED");
        var asked = (await delegated.PostAsync($"{parties.Path}/amendment-requests", new { itemId = found.Text("id"), change = "Annexe des garanties : prothèses capillaires." })).Ok();
        var amendment = $"{parties.Path}/amendment-requests/{asked.Text("id")}";
        await insurer.FindsWorkAsync("amendment_request.answer", insurer.In("Answer the amendment request", "Répondre à la proposition d'avenant"));
        Assert.Equal("ACCEPTED", (await insurer.ActAsync(amendment, "answer", new { accept = true })).Ok().Text("state"));
        await delegated.FindsWorkAsync("amendment_request.name");
        (await delegated.ActAsync(amendment, "nameAmendment", new { amendmentId = Guid.NewGuid() })).Refused(400, "AMENDMENT_UNKNOWN");

        // The committee decides, by minutes that both confirmed; the item ends in that decision.
        var (meeting, decision) = await DecidedAsync(parties);
        (await delegated.ActAsync(item, "decide", new { kind = "AMEND", reason = "Décidé en comité.", meetingId = meeting, decisionId = Guid.NewGuid() })).Refused(400, "DECISION_UNKNOWN");
        Assert.Equal("DECIDED", (await delegated.ActAsync(item, "decide", new { kind = "AMEND", reason = "Décidé en comité.", meetingId = meeting, decisionId = decision })).Ok().Text("state"));

        // The bulletin is due by what both agreed; published it waits for the insurer, who acknowledges the very file it read.
        var terms = $"{parties.Path}/bulletin-terms";
        (await insurer.ActAsync(terms, "propose", new { months = 3, firstDueDay = TwoParties.Day(20) })).Ok();
        (await delegated.ActAsync(terms, "agree")).Ok();
        await delegated.FindsWorkAsync("bulletin.publish", delegated.In("Publish the watch bulletin", "Publier le livrable de veille"));
        var published = (await delegated.PostAsync("/v1/bulletins", new
        {
            outline = new { delegationIds = new[] { parties.DelegationId }, title = "Veille du trimestre", periodStartDay = TwoParties.Day(-90), periodEndDay = TwoParties.Day(0), language },
        })).Ok();
        Assert.Equal((TwoParties.Day(20), false, 1), (published.Text("dueDay"), (bool)published.Json!["late"]!, published.List("entries").Count));
        var bulletin = $"/v1/bulletins/{published.Text("id")}";
        await insurer.FindsWorkAsync("bulletin.acknowledge", insurer.In("Acknowledge the watch bulletin", "Accuser réception du livrable de veille"));
        var (status, pdf, type) = await insurer.DownloadAsync($"{bulletin}:download");
        Assert.Equal((200, "application/pdf", published.Text("pdfSha256")), (status, type, Convert.ToHexStringLower(SHA256.HashData(pdf))));
        var (_, page, _) = await insurer.DownloadAsync($"{bulletin}:download?format=HTML");
        Assert.Equal(published.Text("htmlSha256"), Convert.ToHexStringLower(SHA256.HashData(page)));
        (await insurer.PostAsync($"{bulletin}:acknowledge", new { pdfSha256 = published.Text("htmlSha256") })).Refused(400, "PDF_SHA256_DIFFERS");
        Assert.Equal("ACKNOWLEDGED", (await insurer.PostAsync($"{bulletin}:acknowledge", new { pdfSha256 = published.Text("pdfSha256") })).Ok().Text("state"));
        await insurer.FindsNoWorkAsync("bulletin.acknowledge");

        object Impact(string projectId) => new
        {
            business = 3, systems = 4, contracts = 4, internalDueDay = TwoParties.Day(90), affected = new[] { new { delegationId = parties.DelegationId, type = "PROJECT", id = projectId } },
        };
    }

    private static object Source(string kind, string url) => new { kind, url, details = new { name = "Légifrance", stream = "REGULATORY", trust = "OFFICIAL" } };

    private static object Text(string title, string link) => new
    {
        stream = "REGULATORY", title, link, status = "PUBLISHED", publicationDay = TwoParties.Day(-1), deadlineDay = TwoParties.Day(120), certainty = "CONFIRMED",
    };

    private static async Task<(string Meeting, string Decision)> DecidedAsync(TwoParties parties)
    {
        var committee = (await parties.Insurer.PostAsync($"{parties.Path}/committees", new { level = "PROJECT_COMMITTEE", name = "Comité de projet", roles = new[] { "ROLE_PROJECT_LEAD" } })).Ok();
        var planned = (await parties.Insurer.PostAsync($"/v1/committees/{committee.Text("id")}/meetings", new { startTime = DateTime.UtcNow.AddHours(-2) })).Ok();
        var meeting = $"/v1/meetings/{planned.Text("id")}";
        (await parties.Insurer.ActAsync(meeting, "recordMinutes", new
        {
            activities = "Veille.", progress = "Sans retard.", difficulties = "Aucune.", period = new { commitments = "MET" }, decisions = new[] { new { title = "Établir un avenant" } },
        })).Ok();
        var confirmed = (await parties.Delegate.ActAsync(meeting, "confirmMinutes")).Ok();
        return (planned.Text("id")!, (string)confirmed.Json!["minutes"]!["decisions"]![0]!["id"]!);
    }
}
