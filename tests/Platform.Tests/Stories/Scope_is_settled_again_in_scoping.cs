using System.Text.Json.Nodes;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>
/// Founding line B1, in scoping: scope and roles are validated jointly again, line by line; what differs from the conclusion becomes an amendment.
/// </summary>
[Collection(nameof(RunningPlatform))]
public sealed class Scope_is_settled_again_in_scoping(RunningPlatform platform)
{
    private const string InsurersOwn =
        """{ "toBeDecided": false, "assignments": [{ "party": "SCOPE_PARTY_INSURER", "roles": ["RACI_ROLE_ACCOUNTABLE", "RACI_ROLE_RESPONSIBLE"] }] }""";

    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task Who_links_members_is_settled_by_both_moves_the_noemisation_rate_and_amends_the_contract(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var contract = await AgreeOnContractAsync(parties);
        var project = await parties.OpenProjectAsync();
        var comparison = $"{parties.Path}/scope-comparison";
        (await insurer.GetAsync(comparison)).Refused(400, "SCOPING_MISSING", insurer.In("validated at conclusion and again at scoping", "validé à la conclusion puis de nouveau en cadrage"));
        Assert.Equal("UNMET", await CriterionAsync(delegated, project));

        // In scoping they find that customer relations on benefits stay open, and that the insurer takes the 929 flow back.
        var read = (await delegated.GetAsync($"{parties.Path}/scope-versions")).Ok().List("scopeVersions")[0];
        var lines = read["lines"]!.AsArray().Select(line => line!.DeepClone().AsObject()).ToList();
        var left = (string)lines.Single(line => (bool)line["toBeDecided"]!)["activityCode"]!;
        Change(lines, "RAT", InsurersOwn);
        Change(lines, "RCL-P", """{ "toBeDecided": true, "assignments": [] }""");
        var open = await ValidateAsync(parties, lines, TwoParties.Day(30));

        // Lines to be decided keep the scoping from ending, and both sides find that on their lists.
        await insurer.FindsWorkAsync("scope.decide", insurer.In("Settle what is to be decided in the scope", "Arrêter ce qui reste à décider dans le périmètre"), open);
        await delegated.FindsWorkAsync("scope.decide", objectId: open);
        Assert.Equal("UNMET", await CriterionAsync(insurer, project));

        // Each line shows what it moves: whoever links members moves the noémisation rate and the report that shows it.
        var impact = (await delegated.GetAsync($"{parties.Path}/scope-versions/{open}/impact")).Ok();
        var link = impact.List("lines").Single(line => (string)line["activityCode"]! == "RAT");
        Assert.Contains("NOEMISATION_RATE", link["indicatorCodes"]!.AsArray().Select(code => (string)code!));
        Assert.Contains("REPORT_KIND_TECHNICAL", link["reports"]!.AsArray().Select(kind => (string)kind!));
        Assert.Equal("SCOPE_PARTY_INSURER", (string)link["responsible"]!.AsArray().Single()!["party"]!);

        // Settled by both, the scoping may go on.
        Change(lines, "RCL-P", InsurersOwn);
        Change(lines, left, InsurersOwn);
        var settled = await ValidateAsync(parties, lines, TwoParties.Day(30));
        await delegated.FindsNoWorkAsync("scope.decide");
        Assert.Equal("MET", await CriterionAsync(delegated, project));

        // Both read the same difference, party by party.
        var differences = (await delegated.GetAsync(comparison)).Ok();
        Assert.Equal(settled, differences.Text("latterVersionId"));
        Assert.Equal(new[] { "RAT", "RCL-P", left }.Order(), differences.List("differences").Select(difference => (string)difference["activityCode"]!).Order());
        var linking = differences.List("differences").Single(difference => (string)difference["activityCode"]! == "RAT");
        var delegateOfLink = linking["parties"]!.AsArray().Single(party => (string)party!["party"]! == "SCOPE_PARTY_DELEGATE")!;
        Assert.Contains("RACI_ROLE_RESPONSIBLE", delegateOfLink["formerRoles"]!.AsArray().Select(role => (string)role!));
        Assert.Empty(delegateOfLink["roles"]!.AsArray());

        // It waits to be proposed as an amendment, by either side and once; from then on it is negotiated like any contract.
        await insurer.FindsWorkAsync("scope.amend", insurer.In("Propose the amendment", "Proposer l'avenant"), settled);
        await delegated.FindsWorkAsync("scope.amend", objectId: settled);
        await using var told = await insurer.ListenAsync();
        var proposed = (await delegated.PostAsync($"{parties.Path}/scope-amendments", new { contractId = contract })).Ok();
        Assert.Equal(("KIND_AMENDMENT", contract, "SIDE_DELEGATE"), (proposed.Text("amendment", "kind"), proposed.Text("amendment", "amendsContractId"), proposed.Text("amendment", "draftedBy")));
        Assert.Equal(contract, (string)(await told.HearsAsync("ScopeAmendmentProposed"))["contractId"]!);
        await insurer.FindsNoWorkAsync("scope.amend");
        await delegated.FindsNoWorkAsync("scope.amend");
        (await insurer.PostAsync($"{parties.Path}/scope-amendments", new { contractId = contract }))
            .Refused(409, "SCOPE_AMENDMENT_EXISTS", insurer.In("is there already", "existe déjà"));
        var amendment = $"{parties.Path}/contracts/{proposed.Text("amendment", "id")}";
        Assert.Contains("RAT – ", (string)(await insurer.GetAsync($"{amendment}/clauses")).Ok().List("clauses").Single()["wording"]!, StringComparison.Ordinal);
        (await delegated.ActAsync(amendment, "open")).Ok();
        await insurer.FindsWorkAsync("contract.review.legal", objectId: proposed.Text("amendment", "id"));
    }

    // A contract of one clause that all departments of both sides approved.
    private static async Task<string> AgreeOnContractAsync(TwoParties parties)
    {
        var draft = (await parties.Insurer.PostAsync($"{parties.Path}/contracts", new
        {
            terms = new { title = "Contrat", effectiveDay = TwoParties.Day(0) },
            clauses = new[] { new { code = "OBJET", title = "Objet", wording = "L'assureur confie la gestion au délégataire." } },
        })).Ok();
        var contract = $"{parties.Path}/contracts/{draft.Text("id")}";
        (await parties.Insurer.ActAsync(contract, "open")).Ok();
        var clause = $"{contract}/clauses/{(await parties.Insurer.GetAsync($"{contract}/clauses")).List("clauses").Single()["id"]}";
        foreach (var party in new[] { parties.Insurer, parties.Delegate })
        {
            foreach (var department in new[] { "LEGAL", "PURCHASING", "OPERATIONS", "COMPLIANCE" })
            {
                (await party.ActAsync(clause, "approve", new { department = $"REVIEW_DEPARTMENT_{department}" })).Ok();
            }
        }

        return draft.Text("id")!;
    }

    // What the delegate proposes, and both validate.
    private static async Task<string> ValidateAsync(TwoParties parties, IReadOnlyList<JsonObject> lines, string effectiveDay)
    {
        var versions = $"{parties.Path}/scope-versions";
        var proposed = (await parties.Delegate.PostAsync(versions, new { occasion = "SCOPE_OCCASION_SCOPING", effectiveDay, lines })).Ok();
        (await parties.Delegate.ActAsync($"{versions}/{proposed.Text("id")}", "validate")).Ok();
        (await parties.Insurer.ActAsync($"{versions}/{proposed.Text("id")}", "validate")).Ok();
        return proposed.Text("id")!;
    }

    private static async Task<string> CriterionAsync(Party party, string project) => (string)(await party.GetAsync($"/v1/projects/{project}/gate?gate=TO_SET_UP")).Ok()
        .List("criteria").Single(criterion => (string)criterion["code"]! == "SCOPE_VALIDATED_AT_SCOPING")["state"]!;

    private static void Change(List<JsonObject> lines, string activity, string fields)
    {
        var line = lines.Single(line => (string)line["activityCode"]! == activity);
        foreach (var (name, value) in JsonNode.Parse(fields)!.AsObject())
        {
            line[name] = value?.DeepClone();
        }
    }
}
