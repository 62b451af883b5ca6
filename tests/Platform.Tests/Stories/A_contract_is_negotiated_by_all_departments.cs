using System.Text.Json.Nodes;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>Founding line A1: a contract negotiated by several departments of both sides.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class A_contract_is_negotiated_by_all_departments(RunningPlatform platform)
{
    private static readonly string[] Departments = ["LEGAL", "PURCHASING", "OPERATIONS", "COMPLIANCE"];

    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task The_standard_contract_is_agreed_once_every_department_of_both_sides_approved_every_clause(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var lawyer = await parties.JoinAsync(insurer, "ROLE_LEGAL");
        await using var told = await delegated.ListenAsync();

        // The insurer drafts it from the standard contract; until it opens the negotiation it is the insurer's to change.
        var terms = new { title = "Contrat de délégation santé", effectiveDay = TwoParties.Day(60), reviewDays = 10 };
        var draft = (await insurer.PostAsync($"{parties.Path}/contracts", new
        {
            terms,
            standard = new { values = new[] { new { name = "insurer", value = "Mutuelle d'essai" }, new { name = "delegate", value = "Délégataire d'essai" } } },
        })).Ok();
        var contract = $"{parties.Path}/contracts/{draft.Text("id")}";
        (await insurer.PostAsync($"{parties.Path}/contracts", new { terms, standard = new { } })).Refused(409, "CONTRACT_OPEN", insurer.In("not signed yet", "non signé"));
        (await delegated.ActAsync(contract, "open")).Refused(400, "DRAFT_OF_THE_OTHER_SIDE", delegated.In("The other side prepares", "L'autre partie prépare"));
        Assert.Equal("STATE_NEGOTIATING", (await insurer.ActAsync(contract, "open")).Ok().Text("state"));

        // Each department finds it on the list of its own people, and of nobody else.
        await delegated.FindsWorkAsync("contract.review.purchasing", delegated.In("Review Contrat de délégation santé (purchasing)", "Relire Contrat de délégation santé (achats)"));
        Assert.Equal(TwoParties.Day(10), (string)(await lawyer.FindsWorkAsync("contract.review.legal"))["dueDay"]!);
        await lawyer.FindsNoWorkAsync("contract.review.purchasing");

        // The delegate's compliance asks for another wording of the audit, with the reason; the pen is with the insurer's.
        var audit = (await delegated.GetAsync($"{contract}/clauses")).Ok().List("clauses").Single(clause => (string)clause["code"]! == "AUD-1");
        var clause = $"{contract}/clauses/{audit["id"]}";
        var wording = $"{audit["wording"]}\n\nUn préavis de dix jours ouvrés est donné, sauf urgence.";
        (await delegated.ActAsync(clause, "requestChange", new { department = "REVIEW_DEPARTMENT_COMPLIANCE", wording })).Refused(400, "COMMENT_REQUIRED");
        (await delegated.ActAsync(clause, "approve")).Refused(400, "DEPARTMENT_REQUIRED", delegated.In("Choose REVIEW_DEPARTMENT_LEGAL", "Choisissez REVIEW_DEPARTMENT_LEGAL"));
        var asked = (await delegated.ActAsync(clause, "requestChange", new { department = "REVIEW_DEPARTMENT_COMPLIANCE", wording, comment = "Un préavis est nécessaire." })).Ok();
        var review = (await insurer.GetAsync($"{contract}/reviews?clauseId={audit["id"]}")).Ok().List("reviews")
            .Single(review => ((string)review["side"]!, (string)review["department"]!) == ("SIDE_DELEGATE", "REVIEW_DEPARTMENT_COMPLIANCE"));
        Assert.Equal(("STATE_CHANGE_REQUESTED", "SIDE_INSURER"), ((string)review["state"]!, (string)review["penSide"]!));

        // What the insurer's people say among themselves stays there: in lists and in what the delegate is told.
        (await lawyer.PostAsync($"{clause}/comments", new { text = "Nous pouvons céder.", @private = true })).Ok();
        (await lawyer.PostAsync($"{clause}/comments", new { text = "Nous étudions votre demande." })).Ok();
        Assert.Equal(2, (await insurer.GetAsync($"{clause}/comments")).Ok().List("comments").Count);
        Assert.Equal("Nous étudions votre demande.", (string)(await delegated.GetAsync($"{clause}/comments")).Ok().List("comments").Single()["text"]!);
        Assert.Equal("Nous étudions votre demande.", (string)(await told.HearsAsync("ClauseCommented"))["comment"]!["text"]!);
        Assert.Single(told.Of("ClauseCommented"));

        // Whoever speaks for another department is refused; compliance accepts, and what was read before is approved by nobody.
        var answer = $"{contract}/change-requests/{asked.Text("id")}:answer";
        (await lawyer.PostAsync(answer, new { accepted = true })).Refused(400, "NOT_OF_THIS_DEPARTMENT", lawyer.In("departments of your own", "vos propres directions"));
        (await delegated.PostAsync(answer, new { accepted = true })).Refused(400, "CHANGE_REQUEST_OF_YOUR_SIDE");
        Assert.Equal("STATE_ACCEPTED", (await insurer.PostAsync(answer, new { accepted = true })).Ok().Text("state"));
        Assert.Equal(wording, (await delegated.GetAsync(clause)).Ok().Text("wording"));
        (await lawyer.PostAsync($"{clause}:approve", new { department = "REVIEW_DEPARTMENT_LEGAL" }, (string)audit["etag"]!)).Refused(412, "ETAG_STALE");

        var clauses = (await insurer.GetAsync($"{contract}/clauses")).Ok().List("clauses");
        // Approved at once are all clauses or none: what was read before is named by its place.
        var read = new[] { new { clauseId = (string)clauses[0]["id"]!, etag = (string)clauses[0]["etag"]! }, new { clauseId = (string)audit["id"]!, etag = (string)audit["etag"]! } };
        (await lawyer.PostAsync($"{contract}:approveClauses", new { department = "REVIEW_DEPARTMENT_LEGAL", approvals = read })).Refused(
            400, "ETAG_STALE", lawyer.In("changed since you read it", "a changé depuis votre lecture"));

        // Department by department the reviews are approved; the forecast counts them, and with the last one the text is agreed.
        await ApproveAsync(lawyer, contract, clauses, "LEGAL");
        await lawyer.FindsNoWorkAsync("contract.review.legal");
        var forecast = (await delegated.GetAsync($"{contract}/forecast")).Ok();
        Assert.Equal(($"{clauses.Count}", $"{8 * clauses.Count}", TwoParties.Day(10)), (forecast.Text("approvedReviews"), forecast.Text("reviews"), forecast.Text("expectedAgreementDay")));
        await ApproveAsync(insurer, contract, clauses, "PURCHASING", "OPERATIONS", "COMPLIANCE");
        await ApproveAsync(delegated, contract, clauses, "LEGAL", "PURCHASING", "OPERATIONS");
        Assert.Equal("STATE_NEGOTIATING", (await insurer.GetAsync(contract)).Ok().Text("state"));
        await ApproveAsync(delegated, contract, clauses, "COMPLIANCE");
        Assert.Equal("STATE_AGREED", (await insurer.GetAsync(contract)).Ok().Text("state"));
        foreach (var department in Departments)
        {
            await delegated.FindsNoWorkAsync($"contract.review.{department.ToLowerInvariant()}");
        }
    }

    private static async Task ApproveAsync(Party party, string contract, IReadOnlyList<JsonNode> clauses, params string[] departments)
    {
        foreach (var department in departments)
        {
            var approvals = clauses.Select(clause => new { clauseId = (string)clause["id"]!, etag = (string)clause["etag"]! });
            (await party.PostAsync($"{contract}:approveClauses", new { department = $"REVIEW_DEPARTMENT_{department}", approvals })).Ok();
        }
    }
}
