namespace Delegation.Platform.Tests.Stories;

/// <summary>What both sides have done before a story begins.</summary>
internal static class Beginnings
{
    /// <summary>The only member of an organisation that has one: the person's id in it.</summary>
    public static async Task<string> MemberIdAsync(this Party party) => (string)(await party.GetAsync("/v1/members")).Ok().List("members").Single()["id"]!;

    /// <summary>Each side names its main contact, with an address at which the other reaches them.</summary>
    public static async Task NameContactsAsync(this TwoParties parties)
    {
        foreach (var (party, name, email) in new[] { (parties.Insurer, "Claire Martin", "claire.martin@example.org"), (parties.Delegate, "Karim Benali", "karim.benali@example.org") })
        {
            var memberId = await party.MemberIdAsync();
            var member = $"/v1/members/{memberId}";
            (await party.PatchAsync(member, new { displayName = name, email }, (await party.GetAsync(member)).Etag)).Ok();

            var contacts = $"{parties.Path}/contacts";
            (await party.PutAsync(contacts, new { main = new { memberId } }, (await party.GetAsync(contacts)).Etag)).Ok();
        }
    }

    /// <summary>A scope of a template that both validated, at conclusion unless said otherwise; its id.</summary>
    public static async Task<string> ValidateScopeAsync(
        this TwoParties parties, string template = "SCOPE_TEMPLATE_CODE_TOTAL", string occasion = "SCOPE_OCCASION_CONCLUSION", string effectiveDay = "2026-01-01")
    {
        var proposed = (await parties.Insurer.PostAsync($"{parties.Path}/scope-versions", new { occasion, effectiveDay, template })).Ok();
        var version = $"{parties.Path}/scope-versions/{proposed.Text("id")}";
        (await parties.Insurer.ActAsync(version, "validate")).Ok();
        (await parties.Delegate.ActAsync(version, "validate")).Ok();
        return proposed.Text("id")!;
    }

    /// <summary>A letter of engagement that both signed, in force from today for 120 days.</summary>
    public static async Task<Answer> SignLetterAsync(this TwoParties parties)
    {
        var draft = (await parties.Delegate.PostAsync($"{parties.Path}/letters", new
        {
            scopeVersionId = await parties.ValidateScopeAsync(),
            suggestedTerms = true,
            feeCap = new { minorUnits = "2500000", currency = "EUR" },
            effectiveDay = TwoParties.Day(0),
            endDay = TwoParties.Day(120),
        })).Ok();
        var letter = $"{parties.Path}/letters/{draft.Text("id")}";
        var textSha256 = (await parties.Delegate.ActAsync(letter, "issue")).Ok().Text("textSha256");
        (await parties.Insurer.PostAsync($"{letter}:sign", new { textSha256 })).Ok();
        return (await parties.Delegate.PostAsync($"{letter}:sign", new { textSha256 })).Ok();
    }

    /// <summary>A project that the insurer opened under the letter; its id.</summary>
    public static async Task<string> OpenProjectAsync(this TwoParties parties)
    {
        await parties.SignLetterAsync();
        return (await parties.OpenProjectUnderTitleAsync()).Text("id")!;
    }

    /// <summary>The project that the insurer opens once there is a title.</summary>
    public static async Task<Answer> OpenProjectUnderTitleAsync(this TwoParties parties) => (await parties.Insurer.PostAsync(
        "/v1/projects", new { delegationId = parties.DelegationId, name = "Mise en gestion", openingDay = TwoParties.Day(0) })).Ok();
}
