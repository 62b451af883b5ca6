using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>Founding line B2: bodies that make a formal point of activities, progress of the action plan, difficulties.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class A_meeting_makes_a_formal_point(RunningPlatform platform)
{
    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task Minutes_hold_once_both_agree_and_a_decision_becomes_an_action_that_keeps_its_origin(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var project = await parties.OpenProjectAsync();
        var committee = (await insurer.PostAsync($"{parties.Path}/committees", new { level = "PROJECT_COMMITTEE", name = "Comité de projet", roles = new[] { "ROLE_PROJECT_LEAD" } })).Ok();
        await using var told = await delegated.ListenAsync();

        // The three standing points are on every agenda, and first; what is added comes after them.
        var planned = (await delegated.PostAsync(
            $"/v1/committees/{committee.Text("id")}/meetings", new { startTime = DateTime.UtcNow.AddHours(2), place = "Salle Loire", points = new[] { "Congés d'été" } })).Ok();
        var meeting = $"/v1/meetings/{planned.Text("id")}";
        var points = (await insurer.GetAsync(meeting)).Ok().List("agenda").Select(point => ((string)point["kind"]!, (string)point["title"]!));
        Assert.Equal([("ACTIVITIES", ""), ("PROGRESS", ""), ("DIFFICULTIES", ""), ("OTHER", "Congés d'été")], points);

        // An action that is late is on it without anybody having to think of it.
        var late = (await insurer.PostAsync(
            $"/v1/projects/{project}/actions", new { title = "Fournir les tarifs", owner = new { side = "SIDE_INSURER", role = "ROLE_PROJECT_LEAD" }, dueDay = TwoParties.Day(-2) })).Ok();
        var progress = (await delegated.GetAsync(meeting)).Ok().List("agenda")[1]["items"]!.AsArray().Single()!;
        Assert.Equal(("action", late.Text("id")), ((string)progress["objectType"]!, (string)progress["objectId"]!));

        // Minutes of what has not taken place are refused; so are minutes that leave one of the points out.
        var minutes = new
        {
            activities = "Reprise préparée.",
            progress = "Une action en retard.",
            difficulties = "Aucune.",
            period = new { commitments = "MET" },
            decisions = new object[]
            {
                new { title = "Livrer la grille des garanties", owner = new { side = "SIDE_DELEGATE", role = "ROLE_PROJECT_LEAD" }, dueDay = TwoParties.Day(10) },
                new { title = "Le plan de charge est approuvé" },
            },
        };
        (await insurer.ActAsync(meeting, "recordMinutes", minutes)).Refused(400, "MEETING_NOT_BEGUN", insurer.In("not begun", "commencé"));
        (await insurer.PutAsync(meeting, new { startTime = DateTime.UtcNow.AddHours(-1) }, (await insurer.GetAsync(meeting)).Etag)).Ok();
        (await insurer.ActAsync(meeting, "recordMinutes", new { minutes.activities, minutes.progress, minutes.period })).Refused(400, "DIFFICULTIES_REQUIRED");

        // The insurer writes them, and so agrees to them; they wait for the delegate, and nothing is decided yet.
        var held = (await insurer.ActAsync(meeting, "recordMinutes", minutes)).Ok();
        Assert.Equal("HELD", held.Text("state"));
        var waiting = await delegated.FindsWorkAsync("minutes.confirm", delegated.In("Confirm the minutes: Comité de projet", "Approuver le compte rendu : Comité de projet"));
        Assert.Equal(held.Text("minutes", "tacitTime"), (string)waiting["dueTime"]!);
        await insurer.FindsNoWorkAsync("minutes.confirm");
        (await insurer.ActAsync(meeting, "confirmMinutes")).Refused(400, "MINUTES_ALREADY_CONFIRMED");
        Assert.Single((await delegated.GetAsync($"/v1/projects/{project}/actions")).Ok().List("actions"));

        // The delegate corrects them instead: now they wait for the insurer, who confirms what it reads and nothing older.
        (await delegated.ActAsync(meeting, "recordMinutes", new { minutes.activities, minutes.progress, difficulties = "Grille attendue.", minutes.period, minutes.decisions })).Ok();
        await delegated.FindsNoWorkAsync("minutes.confirm");
        await insurer.FindsWorkAsync("minutes.confirm");
        (await insurer.PostAsync($"{meeting}:confirmMinutes", new { }, held.Etag)).Refused(412, "ETAG_STALE");
        var confirmed = (await insurer.ActAsync(meeting, "confirmMinutes")).Ok();
        Assert.Equal(("CONFIRMED", "Grille attendue."), (confirmed.Text("state"), confirmed.Text("minutes", "difficulties")));
        await insurer.FindsNoWorkAsync("minutes.confirm");
        (await delegated.ActAsync(meeting, "recordMinutes", minutes)).Refused(400, "MINUTES_CONFIRMED");

        // The decision with an owner became an action of the plan; each leads to the other.
        var decision = confirmed.Json!["minutes"]!["decisions"]![0]!;
        var action = (await delegated.GetAsync($"/v1/projects/{project}/actions/{decision["actionId"]}")).Ok();
        Assert.Equal(("Livrer la grille des garanties", "decision", (string)decision["id"]!), (action.Text("title"), action.Text("origin", "type"), action.Text("origin", "id")));
        Assert.Equal("", (string)confirmed.Json!["minutes"]!["decisions"]![1]!["actionId"]!);
        await delegated.FindsWorkAsync("action.complete", objectId: action.Text("id"));
        Assert.False((bool)(await told.HearsAsync("MinutesConfirmed"))["tacit"]!);

        // Where it comes from stays, whatever is said of it; once done it waits for nobody.
        var path = $"/v1/projects/{project}/actions/{action.Text("id")}";
        var done = new { title = action.Text("title"), owner = action.Json!["owner"], dueDay = TwoParties.Day(10), state = "DONE" };
        (await delegated.PutAsync(path, new { done.title, done.owner, done.dueDay, done.state, origin = new { type = "decision", id = late.Text("id") } }, action.Etag))
            .Refused(400, "ORIGIN_FIXED");
        var kept = (await delegated.PutAsync(path, done, action.Etag)).Ok();
        Assert.Equal(("DONE", action.Text("origin", "id")), (kept.Text("state"), kept.Text("origin", "id")));
        await delegated.FindsNoWorkAsync("action.complete", action.Text("id"));
    }
}
