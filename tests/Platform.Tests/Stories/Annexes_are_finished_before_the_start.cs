using System.Security.Cryptography;
using System.Text;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>Founding line A3: the annexes are finished after the letter and before the outsourcing starts.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class Annexes_are_finished_before_the_start(RunningPlatform platform)
{
    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task The_letter_asks_for_four_and_each_is_handed_over_reviewed_and_approved_by_the_other_side(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var project = await parties.OpenProjectAsync();
        Assert.Equal(4, (await MissingAsync(insurer, project)).Count);

        // The letter asked the delegate for the four that are mandatory.
        var annexes = (await insurer.GetAsync($"{parties.Path}/annexes")).Ok().List("annexes").ToDictionary(annex => (string)annex["kind"]!, annex => (string)annex["id"]!);
        Assert.Equal(["BUSINESS_CONTINUITY_PLAN", "CSR_CHARTER", "CYBERSECURITY_POLICY", "SERVICE_LEVEL_AGREEMENT"], annexes.Keys.Order());
        var policy = annexes["CYBERSECURITY_POLICY"];
        await delegated.FindsWorkAsync("annex.provide", delegated.In("Provide the cybersecurity policy", "Fournir la politique de cybersécurité"), policy);
        await insurer.FindsNoWorkAsync("annex.review");

        // What is not the file that was sent, or is no name of a file, is refused and leaves nothing.
        var annex = $"{parties.Path}/annexes/{policy}";
        var file = Pdf(3_000_000);
        (await delegated.UploadAsync($"{annex}/versions", "politique.pdf", file, "application/pdf", sha256: new string('0', 64)))
            .Refused(400, "SHA256_DIFFERS", delegated.In("bytes that arrived", "octets arrivés"));
        (await delegated.UploadAsync($"{annex}/versions", "../../politique.pdf", file, "application/pdf"))
            .Refused(400, "FILE_NAME_IS_PATH", delegated.In("This is a path", "Ceci est un chemin"));
        (await delegated.UploadAsync($"{annex}/versions", "politique.pdf", Encoding.UTF8.GetBytes("<html>"), "application/pdf")).Refused(400, "FILE_TYPE_DIFFERS");
        (await insurer.UploadAsync($"{annex}/versions", "politique.pdf", file, "application/pdf")).Refused(400, "ANNEX_OF_THE_OTHER_SIDE");
        Assert.Empty((await delegated.GetAsync($"{annex}/versions")).Ok().List("versions"));

        // A draft is its side's alone until it is handed over.
        var draft = (await delegated.UploadAsync($"{annex}/versions", "politique de sécurité.pdf", file, "application/pdf")).Ok();
        var first = $"{annex}/versions/{draft.Text("id")}";
        Assert.Empty((await insurer.GetAsync($"{annex}/versions")).Ok().List("versions"));
        Assert.Equal(404, (await insurer.DownloadAsync($"{first}:download")).Status);
        (await delegated.PostAsync($"{first}:handOver", new { expireDay = TwoParties.Day(365) })).Ok();
        await insurer.FindsWorkAsync("annex.review", insurer.In("Review the cybersecurity policy", "Relire la politique de cybersécurité"), policy);
        await delegated.FindsNoWorkAsync("annex.provide", policy);

        // The insurer reads the very bytes and asks for a change, with the reason; nobody approves over it.
        var read = await insurer.DownloadAsync($"{first}:download");
        Assert.Equal((200, "application/pdf", draft.Text("sha256")), (read.Status, read.Type, Convert.ToHexStringLower(SHA256.HashData(read.Bytes))));
        (await insurer.PostAsync($"{first}:review", new { department = "ROLE_COMPLIANCE", approved = false })).Refused(400, "COMMENT_REQUIRED");
        (await insurer.PostAsync($"{first}:review", new { department = "ROLE_COMPLIANCE", approved = false, comment = "Les sauvegardes manquent." })).Ok();
        (await insurer.PostAsync($"{first}:approve", new { sha256 = draft.Text("sha256") })).Refused(400, "CHANGE_REQUESTED");
        Assert.Equal("Les sauvegardes manquent.", (await delegated.GetAsync(annex)).Ok().List("reviews").Single()["comment"]!.ToString());
        await delegated.FindsWorkAsync("annex.provide", objectId: policy);

        // What was handed over is not approved: another version is reviewed anew, and what is approved is the file that was read.
        await HandOverAsync(delegated, annex, Pdf(2_000));
        Assert.Empty((await delegated.GetAsync(annex)).Ok().List("reviews"));
        Assert.Equal(4, (await MissingAsync(insurer, project)).Count);
        await ApproveAsync(parties, annex, "ROLE_COMPLIANCE");
        await insurer.FindsNoWorkAsync("annex.approve", policy);
        Assert.Equal(3, (await MissingAsync(delegated, project)).Count);

        // The others follow; the one that is left is named to both until the last is approved.
        await HandOverAsync(delegated, $"{parties.Path}/annexes/{annexes["CSR_CHARTER"]}", Pdf(100));
        await ApproveAsync(parties, $"{parties.Path}/annexes/{annexes["CSR_CHARTER"]}", "ROLE_PURCHASING");
        await HandOverAsync(delegated, $"{parties.Path}/annexes/{annexes["BUSINESS_CONTINUITY_PLAN"]}", Pdf(100));
        await ApproveAsync(parties, $"{parties.Path}/annexes/{annexes["BUSINESS_CONTINUITY_PLAN"]}", "ROLE_OPERATIONS", "ROLE_COMPLIANCE");
        Assert.Equal([insurer.In("service-level agreement", "convention de service")], await MissingAsync(insurer, project));
        await HandOverAsync(delegated, $"{parties.Path}/annexes/{annexes["SERVICE_LEVEL_AGREEMENT"]}", Pdf(100));
        await ApproveAsync(parties, $"{parties.Path}/annexes/{annexes["SERVICE_LEVEL_AGREEMENT"]}", "ROLE_LEGAL", "ROLE_OPERATIONS");
        Assert.Empty(await MissingAsync(delegated, project));
    }

    private static async Task HandOverAsync(Party delegated, string annex, byte[] file)
    {
        var version = (await delegated.UploadAsync($"{annex}/versions", "annexe.pdf", file, "application/pdf")).Ok().Text("id");
        (await delegated.PostAsync($"{annex}/versions/{version}:handOver", new { })).Ok();
    }

    // All departments first, then the side, over the hash of what was read.
    private static async Task ApproveAsync(TwoParties parties, string annex, params string[] departments)
    {
        var current = (await parties.Insurer.GetAsync($"{annex}/versions")).Ok().List("versions")[0];
        var version = $"{annex}/versions/{current["id"]}";
        (await parties.Insurer.PostAsync($"{version}:approve", new { sha256 = (string)current["sha256"]! })).Refused(400, "DEPARTMENT_PENDING");
        foreach (var department in departments)
        {
            (await parties.Insurer.PostAsync($"{version}:review", new { department, approved = true })).Ok();
        }

        (await parties.Insurer.PostAsync($"{version}:approve", new { sha256 = new string('0', 64) })).Refused(400, "ANNEX_VERSION_DIFFERS");
        Assert.Equal("APPROVED", (await parties.Insurer.PostAsync($"{version}:approve", new { sha256 = (string)current["sha256"]! })).Ok().Text("state"));
    }

    /// <summary>The annexes that the gate to the run says are missing.</summary>
    private static async Task<IReadOnlyList<string>> MissingAsync(Party party, string project)
    {
        var gate = (await party.GetAsync($"/v1/projects/{project}/gate?gate=TO_RUN")).Ok();
        var criterion = gate.List("criteria").Single(criterion => (string)criterion["code"]! == "MANDATORY_ANNEXES_APPROVED");
        var found = (string)criterion["found"]!;
        return (string)criterion["state"]! == "MET" ? [] : [.. found[(found.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(' ', '.').Split(", ")];
    }

    private static byte[] Pdf(int length) => Encoding.ASCII.GetBytes($"%PDF-1.7\n{new string('x', length)}\n%%EOF\n");
}
