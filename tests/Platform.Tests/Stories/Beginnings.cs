using System.Text.Json.Nodes;

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

    /// <summary>The scope of the delegation, validated again at scoping: what was to be decided falls to the insurer; its id.</summary>
    public static async Task<string> SettleScopeAsync(this TwoParties parties)
    {
        var versions = $"{parties.Path}/scope-versions";
        var lines = (await parties.Delegate.GetAsync(versions)).Ok().List("scopeVersions")[0]["lines"]!.AsArray().Select(line => line!.DeepClone().AsObject()).ToList();
        foreach (var open in lines.Where(line => (bool)line["toBeDecided"]!))
        {
            open["toBeDecided"] = false;
            open["assignments"] = JsonNode.Parse("""[{ "party": "SCOPE_PARTY_INSURER", "roles": ["RACI_ROLE_ACCOUNTABLE", "RACI_ROLE_RESPONSIBLE"] }]""");
        }

        var proposed = (await parties.Delegate.PostAsync(versions, new { occasion = "SCOPE_OCCASION_SCOPING", effectiveDay = TwoParties.Day(0), lines })).Ok();
        return (await parties.BothAsync($"{versions}/{proposed.Text("id")}", "validate")).Text("id")!;
    }

    /// <summary>A letter of engagement that both signed, in force from today for 120 days; for a scope of its own unless one is given.</summary>
    public static async Task<Answer> SignLetterAsync(this TwoParties parties, string? scopeVersionId = null)
    {
        var draft = (await parties.Delegate.PostAsync($"{parties.Path}/letters", new
        {
            scopeVersionId = scopeVersionId ?? await parties.ValidateScopeAsync(),
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

    /// <summary>The insurer records that the ACPR is informed of the outsourcing, which is taken for critical until the questionnaire says otherwise.</summary>
    public static async Task InformAcprAsync(this TwoParties parties) => (await parties.Insurer.PostAsync($"{parties.Path}/evidence", new
    {
        kind = "EVIDENCE_KIND_ACPR_NOTIFICATION",
        requirementIds = new[] { "CA-L354-3-NOTIFICATION" },
        title = "Accusé de réception de l'ACPR",
        reference = "DOS-2026",
        startDay = TwoParties.Day(0),
    })).Ok();

    /// <summary>A project that the insurer opened under the letter; its id.</summary>
    public static async Task<string> OpenProjectAsync(this TwoParties parties, string? scopeVersionId = null)
    {
        await parties.SignLetterAsync(scopeVersionId);
        return (await parties.OpenProjectUnderTitleAsync()).Text("id")!;
    }

    /// <summary>The project that the insurer opens once there is a title.</summary>
    public static async Task<Answer> OpenProjectUnderTitleAsync(this TwoParties parties) => (await parties.Insurer.PostAsync(
        "/v1/projects", new { delegationId = parties.DelegationId, name = "Mise en gestion", openingDay = TwoParties.Day(0) })).Ok();
}
