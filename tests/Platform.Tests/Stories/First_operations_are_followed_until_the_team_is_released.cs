using System.Security.Cryptography;
using System.Text;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>
/// Founding line A6: the project team stays when the run begins, follows the first operations one by one and has adjustments made. The days of
/// observation and the release that ends them need a clock that moves: docs/tour.sh lives through them.
/// </summary>
[Collection(nameof(RunningPlatform))]
public sealed class First_operations_are_followed_until_the_team_is_released(RunningPlatform platform)
{
    private const string Columns = "reference;kind;receive;complete;close;outcome;automated";

    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task Operations_are_imported_checked_and_put_right_and_the_exit_says_what_is_missing(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        await parties.ValidateScopeAsync();
        var id = await parties.OpenProjectAsync(await parties.SettleScopeAsync());
        var project = ProjectSteps.Of(id);
        foreach (var gate in new[] { "TO_SCOPING", "TO_SET_UP", "TO_ROBUSTNESS" })
        {
            await parties.PassGateWithOverridesAsync(id, gate);
        }

        await AgreeOnTermsAsync(parties, id);
        (await insurer.PostAsync($"{project}/operation-checks", new { reference = "R1", verdict = "RIGHT" })).Refused(400, "PROJECT_NOT_IN_RUN");
        await parties.InformAcprAsync();
        await parties.PassGateWithOverridesAsync(id, "TO_RUN");

        // The exit names all that is missing; the team is not released before.
        Assert.Contains("RUN_OBSERVED", await insurer.CriteriaAsync(id, "TO_CRUISE"));
        Assert.Contains("FIRST_OPERATIONS_CHECKED", await insurer.CriteriaAsync(id, "TO_CRUISE"));
        (await insurer.ActAsync($"{project}/hypercare", "release")).Refused(400, "CRITERION_UNMET");

        await ImportAsync(parties);
        await CheckAsync(parties, id);

        // What the clock alone brings is still missing, and is said in the words of who reads.
        Assert.Equal(["FLOWS_UNDER_CONTROL", "PROCESSING_TIMES_HELD", "PROJECT_TEAM_RELEASED", "RUN_OBSERVED"], (await delegated.CriteriaAsync(id, "TO_CRUISE")).Order());
        var observed = (await delegated.GetAsync($"{project}/gate?gate=TO_CRUISE")).Ok().List("criteria").Single(criterion => (string)criterion["code"]! == "RUN_OBSERVED");
        Assert.Contains(delegated.In("or began today", "ou commence aujourd'hui"), (string)observed["found"]!, StringComparison.Ordinal);
        (await delegated.ActAsync($"{project}/hypercare", "release")).Refused(400, "CRITERION_UNMET");
        (await insurer.PassGateAsync(id, "TO_CRUISE")).Refused(400, "CRITERION_UNMET");
        Assert.Equal("RUN", (await insurer.GetAsync(project)).Ok().Text("phase"));
    }

    // One side sets what must be so to leave hypercare, and both agree to it before the run.
    private static async Task AgreeOnTermsAsync(TwoParties parties, string id)
    {
        var hypercare = $"{ProjectSteps.Of(id)}/hypercare";
        var terms = new { observeDays = 10, windowDays = 5, leastClosedPercent = 50, mostWorkingDays = 5, firstOperations = 2 };
        (await parties.Delegate.PutAsync($"{hypercare}/terms", new { terms }, (await parties.Delegate.GetAsync(hypercare)).Ok().Etag)).Ok();
        foreach (var party in new[] { parties.Delegate, parties.Insurer })
        {
            Assert.Contains("HYPERCARE_TERMS_AGREED", await party.CriteriaAsync(id, "TO_RUN"));
            await party.FindsWorkAsync("hypercare.agree", party.In("Mise en gestion: agree to the terms of exit", "Mise en gestion : valider les critères de sortie"));
            (await party.PostAsync($"{hypercare}/terms:agree", new { }, (await party.GetAsync(hypercare)).Ok().Etag)).Ok();
        }

        Assert.DoesNotContain("HYPERCARE_TERMS_AGREED", await parties.Insurer.CriteriaAsync(id, "TO_RUN"));
    }

    // Lines that cannot be read are rejected with their reason, and come back as a file in the reader's language; the others count.
    private static async Task ImportAsync(TwoParties parties)
    {
        var today = TwoParties.Day(0);
        var file = Encoding.UTF8.GetBytes(string.Join('\n',
            Columns, $"R1;prestation NOEMIE;{today};{today};{today};traitée;oui", $"R2;devis;{today};{today};{today};traitée;non", $"R3;inconnu;{today};;;;", "R4;devis;hier;;;;", ""));
        var imports = $"{parties.Path}/imports";
        var announcement = new
        {
            kind = "OPERATIONS",
            mode = "COMPLETE",
            periodStartDay = today,
            periodEndDay = today,
            fileName = "bordereau.csv",
            sha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
        };
        Assert.Equal(403, (await parties.Insurer.PostAsync(imports, announcement)).Status);
        var announced = (await parties.Delegate.PostAsync(imports, announcement)).Ok();
        var import = $"{imports}/{announced.Text("id")}";
        var applied = (await parties.Delegate.SendFileAsync($"{import}:upload", file, "text/csv")).Ok();
        Assert.Equal(("APPLIED", "4", "2", "2"), (applied.Text("state"), applied.Text("readLines"), applied.Text("acceptedLines"), applied.Text("rejectedLines")));
        Assert.Equal(["KIND_UNKNOWN", "RECEIVE_MALFORMED"], applied.List("rejections").Select(rejection => (string)rejection["reason"]!).Order());

        var rejected = await parties.Delegate.DownloadAsync($"{import}/rejected-lines:download");
        Assert.Equal(200, rejected.Status);
        Assert.Contains("KIND_UNKNOWN", Encoding.UTF8.GetString(rejected.Bytes), StringComparison.Ordinal);
        Assert.NotEqual(200, (await parties.Insurer.DownloadAsync($"{import}/rejected-lines:download")).Status);
        Assert.Equal(["R1", "R2"], (await parties.Insurer.GetAsync($"{parties.Path}/operations")).Ok().List("operations").Select(operation => (string)operation["reference"]!).Order());
    }

    // The insurer finds one wrong and opens an adjustment; the delegate makes it, the insurer sends it back once, then confirms and checks again.
    private static async Task CheckAsync(TwoParties parties, string id)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var (project, checks) = (ProjectSteps.Of(id), $"{ProjectSteps.Of(id)}/operation-checks");
        (await insurer.PostAsync(checks, new { reference = "R3", verdict = "RIGHT" })).Refused(404, "OPERATION_NOT_FOUND");
        (await insurer.PostAsync(checks, new { reference = "R1", verdict = "RIGHT" })).Ok();
        (await insurer.PostAsync(checks, new { reference = "R2", verdict = "WRONG" })).Refused(400, "NOTE_REQUIRED");
        var opened = (await insurer.PostAsync($"{project}/adjustments", new { title = "Plafond dentaire", side = "SIDE_DELEGATE", dueDay = TwoParties.Day(3) })).Ok();
        var adjustment = $"{project}/adjustments/{opened.Text("id")}";
        (await insurer.PostAsync(checks, new { reference = "R2", verdict = "WRONG", note = "Plafond dépassé.", adjustmentId = opened.Text("id") })).Ok();
        Assert.Contains("NO_ADJUSTMENT_OPEN", await delegated.CriteriaAsync(id, "TO_CRUISE"));

        (await insurer.ActAsync(adjustment, "move", new { move = "APPLY" })).Refused(400, "ADJUSTMENT_MOVE_REFUSED");
        Assert.Equal("APPLIED", (await delegated.ActAsync(adjustment, "move", new { move = "APPLY" })).Ok().Text("state"));
        (await delegated.ActAsync(adjustment, "move", new { move = "CONFIRM" })).Refused(400, "ADJUSTMENT_MOVE_REFUSED");
        Assert.Equal("OPEN", (await insurer.ActAsync(adjustment, "move", new { move = "REOPEN", note = "Un niveau manque." })).Ok().Text("state"));
        (await delegated.ActAsync(adjustment, "move", new { move = "APPLY" })).Ok();
        Assert.Equal("CONFIRMED", (await insurer.ActAsync(adjustment, "move", new { move = "CONFIRM" })).Ok().Text("state"));
        Assert.DoesNotContain("NO_ADJUSTMENT_OPEN", await delegated.CriteriaAsync(id, "TO_CRUISE"));

        Assert.Contains("FIRST_OPERATIONS_CHECKED", await insurer.CriteriaAsync(id, "TO_CRUISE"));
        (await insurer.PostAsync(checks, new { reference = "R2", verdict = "RIGHT" })).Ok();
        Assert.DoesNotContain("FIRST_OPERATIONS_CHECKED", await insurer.CriteriaAsync(id, "TO_CRUISE"));
        var followed = (await delegated.GetAsync($"{project}/hypercare")).Ok();
        Assert.Equal(("2", "0", "0"), (followed.Text("rightOperations"), followed.Text("wrongOperations") ?? "0", followed.Text("openAdjustments") ?? "0"));
    }
}
