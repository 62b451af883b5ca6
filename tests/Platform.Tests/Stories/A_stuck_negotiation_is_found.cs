using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>Founding line A1, without getting stuck: on a platform whose clock this story moves.</summary>
[Collection(nameof(MovedPlatform))]
public sealed class A_stuck_negotiation_is_found(MovedPlatform platform)
{
    [PlatformFact]
    public async Task The_main_contacts_of_both_sides_learn_which_department_keeps_a_review_and_since_when()
    {
        // Time goes on from one story to the next.
        foreach (var language in new[] { "en", "fr" })
        {
            using var gateway = new HttpClient { BaseAddress = platform.Process.Address("gateway", "http") };
            using var parties = await TwoParties.MeetAsync(gateway, platform.Process.Address("identity", "http"), language);
            await parties.NameContactsAsync();
            await GetStuckAsync(parties, platform.Clock);
        }
    }

    private static async Task GetStuckAsync(TwoParties parties, MovedClock clock)
    {
        var begin = clock.Today;
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var draft = (await insurer.PostAsync($"{parties.Path}/contracts", new
        {
            terms = new { title = "Contrat", effectiveDay = MovedClock.After(begin, 90), reviewDays = 5 },
            clauses = new[] { new { code = "OBJET", title = "Objet", wording = "L'assureur confie la gestion au délégataire." } },
        })).Ok();
        var contract = $"{parties.Path}/contracts/{draft.Text("id")}";
        (await insurer.ActAsync(contract, "open")).Ok();
        var clause = $"{contract}/clauses/{(await insurer.GetAsync($"{contract}/clauses")).Ok().List("clauses").Single()["id"]}";
        await ApproveAsync(insurer, clause, "LEGAL", "PURCHASING", "OPERATIONS", "COMPLIANCE");
        await ApproveAsync(delegated, clause, "LEGAL", "OPERATIONS", "COMPLIANCE");

        // Within the agreed time nobody is disturbed: purchasing of the delegate has it on its list, and that is all.
        await clock.MoveToAsync(MovedClock.After(begin, 4));
        await insurer.UntilAsync($"{contract}/forecast", forecast => (string?)forecast.Json?["slowest"]?["ageDays"]?.ToString() == "4");
        Assert.Empty((await insurer.GetAsync($"{contract}/forecast")).Ok().List("stalled"));
        await delegated.FindsWorkAsync("contract.review.purchasing");
        await insurer.FindsNoWorkAsync("contract.stall");

        // When it is over both main contacts learn who is waited for, and the forecast says what it costs.
        await clock.MoveToAsync(MovedClock.After(begin, 6));
        await insurer.FindsWorkAsync("contract.stall", insurer.In("Contrat is stuck: purchasing of the delegate (1)", "Contrat est bloqué : achats du délégataire (1)"));
        await delegated.FindsWorkAsync("contract.stall");
        var forecast = (await insurer.GetAsync($"{contract}/forecast")).Ok();
        var stalled = forecast.List("stalled").Single();
        Assert.Equal(("SIDE_DELEGATE", "REVIEW_DEPARTMENT_PURCHASING"), ((string)stalled["penSide"]!, (string)stalled["department"]!));
        Assert.Equal(MovedClock.After(begin, 12), forecast.Text("expectedAgreementDay"));

        // The one move that was missing: nothing waits any more, and the text is agreed.
        await ApproveAsync(delegated, clause, "PURCHASING");
        Assert.Equal("STATE_AGREED", (await insurer.GetAsync(contract)).Ok().Text("state"));
        await insurer.FindsNoWorkAsync("contract.stall");
        await delegated.FindsNoWorkAsync("contract.stall");
    }

    private static async Task ApproveAsync(Party party, string clause, params string[] departments)
    {
        foreach (var department in departments)
        {
            (await party.ActAsync(clause, "approve", new { department = $"REVIEW_DEPARTMENT_{department}" })).Ok();
        }
    }
}
