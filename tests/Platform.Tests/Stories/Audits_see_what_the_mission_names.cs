using System.IO.Compression;
using System.Text;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>Founding line B7, the audit clause: by the client, the ACPR, the statutory auditors and the CNIL.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class Audits_see_what_the_mission_names(RunningPlatform platform)
{
    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task Each_of_the_four_reads_what_its_mission_names_while_it_is_open_and_nothing_else(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        await parties.SignLetterAsync();
        var (auditor, auditorId) = await InviteAsync(parties);

        // The insurer's own audit needs the notice that was agreed on; the delegate orders none.
        (await insurer.PostAsync(Missions(parties), Mission("CLIENT"))).Refused(400, "NOTICE_DAYS_REQUIRED");
        (await delegated.PostAsync(Missions(parties), Mission("STATUTORY_AUDITOR"))).Refused(400, "AUDIT_NOT_OF_YOUR_SIDE", delegated.In("The delegate records", "Le délégataire enregistre"));
        var announced = (await insurer.PostAsync(Missions(parties), Mission("CLIENT", noticeDays: 15))).Ok();
        (await insurer.ActAsync(Path(parties, announced), "notify")).Refused(400, "AUDIT_NOTICE_TOO_SHORT", insurer.In("notice is not over", "préavis n'est pas écoulé"));
        (await insurer.ActAsync(Path(parties, announced), "cancel", new { reason = "Reportée." })).Ok();

        foreach (var (kind, urgent) in new[] { ("CLIENT", "Soupçon de fraude."), ("ACPR", ""), ("STATUTORY_AUDITOR", ""), ("CNIL", "") })
        {
            (await auditor.GetAsync(parties.Path)).Refused(403, "MEMBERSHIP_REQUIRED");
            var planned = (await insurer.PostAsync(Missions(parties), Mission(kind, auditorId: auditorId, urgentReason: urgent))).Ok();
            await insurer.FindsWorkAsync("audit.notify", objectId: planned.Text("id"));
            var open = (await insurer.ActAsync(Path(parties, planned), "notify")).Ok();
            Assert.Equal(("OPEN", kind is "CLIENT" or "STATUTORY_AUDITOR"), (open.Text("state"), (bool)open.Json!["readsShown"]!));

            // In Contracts at once, in the others a moment later; what was not named, and whatever writes, is closed.
            Assert.Single((await auditor.GetAsync($"{parties.Path}/letters")).Ok().List("letters"));
            await auditor.UntilAsync($"{parties.Path}/committees", list => list.Status == 200);
            (await auditor.GetAsync($"{parties.Path}/invoices")).Refused(403, "MEMBERSHIP_REQUIRED");
            (await auditor.GetAsync("/v1/members")).Refused(403, "MEMBERSHIP_REQUIRED");
            (await auditor.PostAsync(Missions(parties), Mission(kind))).Refused(403, "MEMBERSHIP_REQUIRED");

            (await insurer.ActAsync(Path(parties, planned), "close", new { reason = "Rapport remis." })).Ok();
            await auditor.UntilAsync($"{parties.Path}/committees", list => list.Status == 403);
        }
    }

    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task What_is_asked_is_answered_what_is_found_is_closed_by_the_other_side_and_the_pack_holds_it_all(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        await parties.SignLetterAsync();
        var planned = (await delegated.PostAsync(Missions(parties), Mission("CNIL"))).Ok();
        var mission = Path(parties, planned);
        (await insurer.ActAsync(mission, "notify")).Refused(400, "AUDIT_OF_THE_OTHER_SIDE");
        (await delegated.ActAsync(mission, "notify")).Ok();

        // The delegate recorded the mission of the authority about itself: it writes down what is asked of it, and answers.
        var asked = (await delegated.PostAsync($"{parties.Path}/evidence-requests", new { missionId = planned.Text("id"), title = "Registre des traitements", dueDay = TwoParties.Day(5) })).Ok();
        var request = $"{parties.Path}/evidence-requests/{asked.Text("id")}";
        await delegated.FindsWorkAsync("audit.answer", delegated.In("Answer the auditors", "Répondre aux auditeurs"), asked.Text("id"));
        (await delegated.UploadAsync($"{request}:attach", "registre.txt", Encoding.UTF8.GetBytes("Registre"), "text/plain")).Ok();
        var answered = (await delegated.PostAsync($"{request}:answer", new { answer = "Voir la pièce." })).Ok();
        Assert.Equal(("ANSWERED", 1), (answered.Text("state"), answered.List("files").Count));
        (await delegated.PostAsync($"{request}:accept", new { }, answered.Etag)).Ok();

        // That a finding is closed is for the other side to say.
        var found = (await delegated.PostAsync($"{parties.Path}/audit-findings", new { missionId = planned.Text("id"), severity = "MAJOR", title = "Durées de conservation" })).Ok();
        var finding = $"{parties.Path}/audit-findings/{found.Text("id")}";
        var plan = (await delegated.PostAsync($"{finding}:setPlan", new { plan = "Purge mensuelle.", dueDay = TwoParties.Day(30) }, found.Etag)).Ok();
        var done = (await delegated.PostAsync($"{finding}:complete", new { outcome = "Purge en place." }, plan.Etag)).Ok();
        (await delegated.PostAsync($"{finding}:validate", new { closed = true }, done.Etag)).Refused(400, "FINDING_OF_YOUR_SIDE", delegated.In("Your side is audited", "Votre partie est auditée"));
        await insurer.FindsWorkAsync("audit.validate", insurer.In("Validate the closure", "Valider la clôture"), found.Text("id"));
        Assert.Equal("CLOSED", (await insurer.PostAsync($"{finding}:validate", new { closed = true }, done.Etag)).Ok().Text("state"));

        // Other services hear of the mission a moment later; the pack names what it could not read.
        var pack = new Dictionary<string, string>();
        for (var deadline = DateTime.UtcNow.AddSeconds(20); !pack.ContainsKey("delivery/list_committees.ndjson"); await Task.Delay(200))
        {
            Assert.True(DateTime.UtcNow < deadline, $"The pack never had the committees: {string.Join(' ', pack.Keys)}");
            var (status, bytes, type) = await delegated.DownloadAsync($"{mission}:downloadEvidencePack");
            Assert.Equal((200, "application/zip"), (status, type));
            pack = Unpack(bytes);
        }

        Assert.Contains("Purge en place.", pack["contracts/list_findings.ndjson"], StringComparison.Ordinal);
        Assert.Contains("LetterSigned", pack["journal/contracts.events.ndjson"], StringComparison.Ordinal);
        foreach (var service in new[] { "contracts", "delivery", "reporting", "watch" })
            Assert.Contains($"journal/{service}.chain.ndjson", pack.Keys);
    }

    private static string Missions(TwoParties parties) => $"{parties.Path}/audit-missions";

    private static string Path(TwoParties parties, Answer mission) => $"{Missions(parties)}/{mission.Text("id")}";

    private static object Mission(string kind, int noticeDays = 0, string? auditorId = null, string urgentReason = "") => new
    {
        kind,
        title = "Contrôle de la délégation",
        subjects = new[] { "AUDIT_SUBJECT_CONTRACT", "AUDIT_SUBJECT_GOVERNANCE" },
        periodStartDay = TwoParties.Day(-365),
        periodEndDay = TwoParties.Day(0),
        noticeDays,
        urgentReason,
        openDay = TwoParties.Day(0),
        closeDay = TwoParties.Day(30),
        auditorIds = auditorId is null ? Array.Empty<string>() : [auditorId],
    };

    /// <summary>Somebody whom the insurer invited to audit and for nothing else, and who they are as a member.</summary>
    private static async Task<(Party Auditor, string MemberId)> InviteAsync(TwoParties parties)
    {
        var auditor = await parties.JoinAuditorAsync(parties.Insurer);
        var members = (await parties.Insurer.GetAsync("/v1/members?pageSize=200")).Ok().List("members");
        return (auditor, (string)members.Single(member => member["roles"]!.AsArray().Any(role => (string)role! == "ROLE_AUDITOR"))["id"]!);
    }

    private static Dictionary<string, string> Unpack(byte[] pack)
    {
        using var archive = new ZipArchive(new MemoryStream(pack));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        });
    }
}
