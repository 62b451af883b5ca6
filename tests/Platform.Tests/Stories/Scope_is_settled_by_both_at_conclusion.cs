using System.Text.Json.Nodes;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>
/// Founding line B1, at contract conclusion: scope and roles are validated jointly, and in a partial delegation who does what is settled
/// line by line.
/// </summary>
[Collection(nameof(RunningPlatform))]
public sealed class Scope_is_settled_by_both_at_conclusion(RunningPlatform platform)
{
    [PlatformTheory]
    [InlineData("en", "Validate")]
    [InlineData("fr", "Valider")]
    public async Task Lines_are_settled_and_the_version_holds_once_both_validated_the_same_text(string language, string named)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var versions = $"/v1/delegations/{parties.DelegationId}/scope-versions";

        // The insurer proposes what the trade's template says; it leaves some lines open.
        var proposed = (await parties.Insurer.PostAsync(
            versions, new { occasion = "SCOPE_OCCASION_CONCLUSION", effectiveDay = "2026-01-01", template = "SCOPE_TEMPLATE_CODE_BENEFITS_ONLY" })).Ok();
        var version = $"{versions}/{proposed.Text("id")}";
        var open = proposed.Json!["lines"]!.AsArray().Where(line => (bool)line!["toBeDecided"]!).Select(line => (string)line!["activityCode"]!).ToList();
        Assert.Contains("RAT", open);
        Assert.Contains("RCL-P", open);
        Assert.Equal("PARTIAL", proposed.Text("extent"));
        Assert.Contains("NOEMISATION_RATE", Line(proposed, "RAT")["indicators"]!.AsArray().Select(indicator => (string)indicator!));

        // It waits on the list of the delegate, in the language of whoever reads it.
        var waiting = await parties.Delegate.UntilAsync(
            $"/v1/work-items?delegation_id={parties.DelegationId}",
            list => list.Json?["workItems"]?.AsArray().Any(item => (string)item!["kind"]! == "scope.validate" && ((string)item["title"]!).StartsWith(named, StringComparison.Ordinal)) == true);
        Assert.Equal(200, waiting.Status);

        // The delegate settles them; the insurer must not lose what the law leaves with it.
        var read = (await parties.Delegate.GetAsync(version)).Ok();
        var taken = await parties.Delegate.PatchAsync(version, new { lines = Settled(read, accountable: "SCOPE_PARTY_DELEGATE") }, read.Etag);
        Assert.Equal((400, "INVALID_FIELDS"), (taken.Status, taken.Reason));
        var settled = (await parties.Delegate.PatchAsync(version, new { lines = Settled(read, accountable: "SCOPE_PARTY_INSURER") }, read.Etag)).Ok();
        Assert.Empty(settled.Json!["undecidedLines"]!.AsArray());

        // One side alone changes nothing; and what the insurer read before is not what it would consent to.
        var consented = (await parties.Delegate.PostAsync($"{version}:validate", new { }, settled.Etag)).Ok();
        Assert.Equal(("PROPOSED", "SIDE_INSURER"), (consented.Text("state"), (string)consented.Json!["awaitedSides"]!.AsArray().Single()!));
        var stale = await parties.Insurer.PostAsync($"{version}:validate", new { }, read.Etag);
        Assert.Equal((412, "ETAG_STALE"), (stale.Status, stale.Reason));

        var validated = (await parties.Insurer.PostAsync($"{version}:validate", new { }, (await parties.Insurer.GetAsync(version)).Etag)).Ok();
        Assert.Equal("VALIDATED", validated.Text("state"));
        Assert.Equal("VALIDATED", (await parties.Delegate.GetAsync(version)).Ok().Text("state"));
    }

    private static JsonNode Line(Answer version, string activity) =>
        version.Json!["lines"]!.AsArray().Single(line => (string)line!["activityCode"]! == activity)!;

    // Every line settled; the regulated ones are where a delegate may be responsible and never accountable.
    private static List<JsonNode> Settled(Answer version, string accountable)
    {
        var lines = version.Json!["lines"]!.AsArray().Select(line => line!.DeepClone()).ToList();
        foreach (var line in lines)
        {
            var fields = line.AsObject();
            fields.Remove("indicators");
            fields.Remove("delegated");
            if ((bool)fields["toBeDecided"]! || accountable == "SCOPE_PARTY_DELEGATE")
            {
                fields["toBeDecided"] = false;
                fields["assignments"] = JsonNode.Parse(
                    $$"""[{"party": "{{accountable}}", "roles": ["RACI_ROLE_ACCOUNTABLE", "RACI_ROLE_RESPONSIBLE"]}]""");
            }
        }

        return lines;
    }
}
