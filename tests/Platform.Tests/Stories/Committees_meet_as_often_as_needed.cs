using System.Text;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>
/// Founding lines A7 and B3: several levels of committees; their frequencies evolve with the progress of the project, then with how the run goes.
/// </summary>
[Collection(nameof(RunningPlatform))]
public sealed class Committees_meet_as_often_as_needed(RunningPlatform platform)
{
    private static readonly object Kept = new { commitments = "MET" };

    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task In_the_run_they_begin_dense_are_spaced_out_by_both_and_tightened_at_once(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        (await insurer.PostAsync($"{parties.Path}/committees", new { level = "OPERATIONAL_COMMITTEE", name = "Comité", roles = new[] { "ROLE_OPERATIONS" }, steps = new[] { "MONTHLY", "WEEKLY" } }))
            .Refused(400, "STEPS_NOT_ORDERED");
        var operational = await SetUpAsync(parties, "OPERATIONAL_COMMITTEE", "Comité opérationnel");
        var executive = await SetUpAsync(parties, "EXECUTIVE_COMMITTEE", "Comité de direction");
        Assert.Equal(("WEEKLY", "STARTED"), await CadenceAsync(delegated, operational));
        Assert.Equal(("QUARTERLY", "STARTED"), await CadenceAsync(delegated, executive));

        // Three good periods that both sides agree on, and less is offered; nobody had it before.
        await HoldAsync(parties, operational, Kept, daysAgo: 21);
        await HoldAsync(parties, operational, Kept, daysAgo: 14);
        (await insurer.PostAsync($"{operational}:confirmRelaxation", new { step = "FORTNIGHTLY" }))
            .Refused(400, "RELAXATION_NOT_OFFERED", insurer.In("it takes good periods in a row", "il faut des périodes favorables de suite"));
        await HoldAsync(parties, operational, Kept, daysAgo: 7);
        var offered = (await delegated.GetAsync(operational)).Ok();
        Assert.Equal("true", offered.Text("cadence", "relaxationOffered"));
        Assert.Contains(delegated.In("it relaxes one step once both sides confirm it", "dès que les deux parties le confirment"), offered.Text("cadence", "explanation"), StringComparison.Ordinal);
        await delegated.FindsWorkAsync("cadence.confirm", delegated.In("Confirm that Comité opérationnel", "Confirmer l'espacement"));

        // One side alone changes nothing; the second one spaces them out by one step, not more.
        (await insurer.PostAsync($"{operational}:confirmRelaxation", new { step = "MONTHLY" })).Refused(400, "STEP_NOT_OFFERED");
        (await insurer.PostAsync($"{operational}:confirmRelaxation", new { step = "FORTNIGHTLY" })).Ok();
        Assert.Equal(("WEEKLY", "RELAXATION_OFFERED"), await CadenceAsync(delegated, operational));
        await insurer.FindsNoWorkAsync("cadence.confirm");
        await using var told = await insurer.ListenAsync();
        (await delegated.PostAsync($"{operational}:confirmRelaxation", new { step = "FORTNIGHTLY" })).Ok();
        Assert.Equal(("FORTNIGHTLY", "RELAXED"), await CadenceAsync(insurer, operational));
        Assert.Equal("FORTNIGHTLY", (string)(await told.HearsAsync("CommitteeChanged"))["committee"]!["cadence"]!["step"]!);
        await delegated.FindsNoWorkAsync("cadence.confirm");

        // Bad news tightens as soon as one side wrote it down, and says why; the executives are not moved by it.
        await RecordAsync(insurer, await PlanAsync(insurer, operational, daysAgo: 1), new { commitments = "BEYOND_TOLERANCE" });
        Assert.Equal(("WEEKLY", "BREACH_BEYOND_TOLERANCE"), await CadenceAsync(delegated, operational));
        Assert.Equal(("QUARTERLY", "STARTED"), await CadenceAsync(insurer, executive));

        // The executive committee stays dense while adjustments are to be made, and becomes yearly once there are none.
        await HoldAsync(parties, executive, new { commitments = "MET", openAdjustments = 2 }, daysAgo: 180);
        Assert.Equal(("QUARTERLY", "ADJUSTMENTS_OPEN"), await CadenceAsync(delegated, executive));
        await HoldAsync(parties, executive, Kept, daysAgo: 90);
        (await insurer.PostAsync($"{executive}:confirmRelaxation", new { step = "YEARLY" })).Ok();
        (await delegated.PostAsync($"{executive}:confirmRelaxation", new { step = "YEARLY" })).Ok();
        Assert.Equal(("YEARLY", "RELAXED"), await CadenceAsync(insurer, executive));

        // Calendar programs read all of it.
        var (status, bytes, type) = await delegated.DownloadAsync($"{parties.Path}/calendar");
        var calendar = Encoding.UTF8.GetString(bytes).Split("\r\n");
        Assert.Equal((200, "text/calendar", "BEGIN:VCALENDAR"), (status, type, calendar[0]));
        Assert.Equal((6, 4), (calendar.Count(line => line == "BEGIN:VEVENT"), calendar.Count(line => line == "SUMMARY:Comité opérationnel")));
    }

    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task In_the_project_they_follow_its_phase_and_its_next_milestone(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var project = await parties.OpenProjectAsync();
        var committee = await SetUpAsync(parties, "PROJECT_COMMITTEE", "Comité de projet");
        Assert.Equal(("MONTHLY", "PROJECT_PHASE"), await CadenceAsync(parties.Insurer, committee));

        // The delegate plans a milestone within two weeks: nobody consents to meeting more often, the plan says it.
        var goals = $"/v1/projects/{project}/goals";
        (await parties.Delegate.PostAsync(goals, new { kind = "MILESTONE", title = "Cadrage validé", dueDay = TwoParties.Day(40) })).Ok();
        Assert.Equal(("FORTNIGHTLY", "PROJECT_PHASE"), await CadenceAsync(parties.Insurer, committee));
        (await parties.Delegate.PostAsync(goals, new { kind = "MILESTONE", title = "Reprise à blanc", dueDay = TwoParties.Day(10) })).Ok();
        Assert.Equal(("WEEKLY", "MILESTONE_NEAR"), await CadenceAsync(parties.Insurer, committee));
        Assert.Contains(
            parties.Insurer.In("Every week: a milestone of the project", "Toutes les semaines : un jalon du projet"),
            (await parties.Insurer.GetAsync(committee)).Text("cadence", "explanation"), StringComparison.Ordinal);
    }

    // The insurer sets it up, and each side says for itself who sits in it.
    private static async Task<string> SetUpAsync(TwoParties parties, string level, string name)
    {
        var created = (await parties.Insurer.PostAsync($"{parties.Path}/committees", new { level, name, roles = new[] { "ROLE_DELEGATION_MANAGER" } })).Ok();
        var committee = $"/v1/committees/{created.Text("id")}";
        var seated = (await parties.Delegate.ActAsync(committee, "setRoles", new { roles = new[] { "ROLE_OPERATIONS" } })).Ok();
        Assert.Equal(("ROLE_DELEGATION_MANAGER", "ROLE_OPERATIONS"), ((string)seated.List("insurerRoles").Single()!, (string)seated.List("delegateRoles").Single()!));
        return committee;
    }

    private static async Task<(string?, string?)> CadenceAsync(Party party, string committee)
    {
        var read = (await party.GetAsync(committee)).Ok();
        return (read.Text("cadence", "step"), read.Text("cadence", "reason"));
    }

    private static async Task<string> PlanAsync(Party party, string committee, int daysAgo) =>
        $"/v1/meetings/{(await party.PostAsync($"{committee}/meetings", new { startTime = DateTime.UtcNow.AddDays(-daysAgo) })).Ok().Text("id")}";

    private static async Task RecordAsync(Party party, string meeting, object period) =>
        (await party.ActAsync(meeting, "recordMinutes", new { activities = "Point fait.", progress = "Plan à jour.", difficulties = "Aucune.", period })).Ok();

    // The insurer writes the minutes and the delegate confirms them.
    private static async Task HoldAsync(TwoParties parties, string committee, object period, int daysAgo)
    {
        var meeting = await PlanAsync(parties.Insurer, committee, daysAgo);
        await RecordAsync(parties.Insurer, meeting, period);
        (await parties.Delegate.ActAsync(meeting, "confirmMinutes")).Ok();
    }
}
