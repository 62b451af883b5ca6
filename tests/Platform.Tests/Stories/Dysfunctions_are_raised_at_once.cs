using System.Text.Json.Nodes;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>Founding line B4: one main contact on each side; dysfunctions are raised at once and not kept for the committee.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class Dysfunctions_are_raised_at_once(RunningPlatform platform)
{
    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task The_main_contact_of_the_other_side_is_called_upon_live_and_the_next_committee_speaks_of_it(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        await delegated.FindsWorkAsync("contacts.name", delegated.In("Name", "Désigner"));
        await parties.NameContactsAsync();
        await delegated.FindsNoWorkAsync("contacts.name");

        // Each side knows whom to call on the other.
        var contacts = (await insurer.GetAsync($"{parties.Path}/contacts")).Ok();
        Assert.Equal(("Karim Benali", "MAIN_CONTACT"), (contacts.Text("delegate", "main", "name"), contacts.Text("delegate", "answering")));
        var committee = (await insurer.PostAsync($"{parties.Path}/committees", new { level = "OPERATIONAL_COMMITTEE", name = "Comité opérationnel", roles = new[] { "ROLE_OPERATIONS" } })).Ok();
        var meeting = (await insurer.PostAsync($"/v1/committees/{committee.Text("id")}/meetings", new { startTime = DateTime.UtcNow.AddDays(5) })).Ok().Text("id");

        // Whoever of the insurer notices something raises it; the delegate hears of it as it happens.
        var clerk = await parties.JoinAsync(insurer, "ROLE_OPERATIONS");
        await using var told = await delegated.ListenAsync();
        const string Title = "Flux 929 rejeté depuis ce matin";
        (await clerk.PostAsync($"{parties.Path}/escalations", new { title = Title, severity = "CRITICAL", noticeTime = DateTime.UtcNow.AddDays(1) }))
            .Refused(400, "NOTICE_TIME_OUT_OF_RANGE");
        var raised = (await clerk.PostAsync($"{parties.Path}/escalations", new
        {
            title = Title, severity = "CRITICAL", noticeTime = DateTime.UtcNow.AddHours(-1), subject = new { activityCode = "RAT" },
        })).Ok();
        var escalation = $"/v1/escalations/{raised.Text("id")}";
        Assert.Equal((Title, "MAIN_CONTACT"), Heard(await told.HearsAsync("EscalationRaised"), "level"));
        var call = await delegated.FindsWorkAsync("escalation.acknowledge", delegated.In($"Acknowledge: {Title}", $"Prendre en charge : {Title}"), raised.Text("id"));
        Assert.Equal(raised.Text("dueTime"), (string)call["dueTime"]!);

        // The side that raised it does not acknowledge it itself; remarks among the delegate's people stay there.
        (await insurer.PostAsync($"{escalation}:acknowledge", new { })).Refused(400, "OWN_ESCALATION", insurer.In("Your side raised it", "Votre partie l'a émise"));
        (await delegated.PostAsync($"{escalation}/comments", new { text = "Nous avons changé la table hier.", @private = true })).Ok();
        Assert.Empty((await clerk.GetAsync($"{escalation}/comments")).Ok().List("comments"));

        // The main contact acknowledges it, and it is on the agenda of the next meeting under its difficulties.
        var acknowledged = (await delegated.PostAsync($"{escalation}:acknowledge", new { })).Ok();
        Assert.Equal("ACKNOWLEDGED", acknowledged.Text("state"));
        await delegated.FindsNoWorkAsync("escalation.acknowledge");
        await delegated.FindsWorkAsync("escalation.resolve");
        Assert.Equal(raised.Text("id"), (await AgendaAsync(insurer, meeting!)).Single());

        // Resolved with cause and remedy; not put right is said with the reason; then confirmed by whoever raised it.
        (await delegated.ActAsync(escalation, "resolve", new { resolution = "Table rétablie." })).Refused(400, "CAUSE_REQUIRED");
        var resolution = new { cause = "Table de correspondance écrasée.", resolution = "Table rétablie, flux rejoué." };
        (await delegated.ActAsync(escalation, "resolve", resolution)).Ok();
        await clerk.FindsWorkAsync("escalation.confirm", clerk.In("Confirm that it is put right", "Confirmer la résolution"), raised.Text("id"));
        (await delegated.ActAsync(escalation, "confirm")).Refused(400, "NOT_OWN_ESCALATION", delegated.In("The other side raised it", "L'autre partie l'a émise"));
        Assert.Equal("ACKNOWLEDGED", (await clerk.ActAsync(escalation, "reopen", new { reason = "Douze dossiers restent rejetés." })).Ok().Text("state"));
        (await delegated.ActAsync(escalation, "resolve", resolution)).Ok();
        Assert.Equal("CLOSED", (await clerk.ActAsync(escalation, "confirm")).Ok().Text("state"));
        await clerk.FindsNoWorkAsync("escalation.confirm");
        await delegated.FindsNoWorkAsync("escalation.resolve");
        Assert.Empty(await AgendaAsync(delegated, meeting!));

        // Both were told of every step and read the same measures: it did not wait for a committee.
        Assert.Equal((Title, "CLOSED"), Heard(await told.HearsAsync("EscalationClosed"), "state"));
        Assert.Equal((1, 1, 2), (told.Of("EscalationAcknowledged").Count, told.Of("EscalationReopened").Count, told.Of("EscalationResolved").Count));
        var measures = (await delegated.GetAsync($"{parties.Path}/escalation-measures?startDay={TwoParties.Day(-1)}&endDay={TwoParties.Day(1)}")).Ok();
        Assert.Equal(("1", "1", "1"), (measures.Text("total", "raised"), measures.Text("total", "beforeCommittee"), measures.Text("total", "closed")));
    }

    private static (string? Title, string? Value) Heard(JsonNode told, string name) => ((string?)told["escalation"]!["title"], (string?)told["escalation"]![name]);

    // What the platform put under the difficulties of a meeting.
    private static async Task<IReadOnlyList<string>> AgendaAsync(Party party, string meeting) =>
    [
        .. (await party.GetAsync($"/v1/meetings/{meeting}")).Ok().List("agenda").Single(point => (string)point["kind"]! == "DIFFICULTIES")["items"]!.AsArray()
            .Select(item => (string)item!["objectId"]!),
    ];
}
