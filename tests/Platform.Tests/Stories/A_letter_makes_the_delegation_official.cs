using System.Security.Cryptography;
using System.Text;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>Founding line A2: a signed letter of engagement makes the delegation official before the final contract.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class A_letter_makes_the_delegation_official(RunningPlatform platform)
{
    [PlatformTheory]
    [InlineData("en", "signed")]
    [InlineData("fr", "signé")]
    public async Task Both_sign_the_text_that_they_read_and_the_delegate_may_operate_and_open_a_project(string language, string missing)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var delegation = parties.Path;
        var scope = await parties.ValidateScopeAsync();

        // The delegate's people draft it as well as the insurer's; open annexes are listed with their days and do not hold it up.
        var draft = (await parties.Delegate.PostAsync($"{delegation}/letters", new
        {
            scopeVersionId = scope,
            suggestedTerms = true,
            feeCap = new { minorUnits = "2500000", currency = "EUR" },
            effectiveDay = TwoParties.Day(0),
            endDay = TwoParties.Day(120),
        })).Ok();
        var letter = $"{delegation}/letters/{draft.Text("id")}";
        Assert.Equal(4, draft.Json!["dueAnnexes"]!.AsArray().Count);

        // Before both have signed there is no title and no project, and the reason is said in the caller's language.
        var early = await parties.Insurer.PostAsync("/v1/projects", new { delegationId = parties.DelegationId, name = "Mise en gestion", openingDay = TwoParties.Day(0) });
        Assert.Equal(400, early.Status);
        Assert.Contains(missing, $"{early.Text("title")} {early.Text("detail")}", StringComparison.OrdinalIgnoreCase);

        var issued = (await parties.Delegate.PostAsync($"{letter}:issue", new { }, draft.Etag)).Ok();
        var digest = issued.Text("textSha256")!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(issued.Text("text")!))), digest);

        var other = await parties.Insurer.PostAsync($"{letter}:sign", new { textSha256 = new string('0', 64) });
        Assert.Equal((400, "LETTER_TEXT_DIFFERS"), (other.Status, other.Reason));
        Assert.Equal("PARTLY_SIGNED", (await parties.Insurer.PostAsync($"{letter}:sign", new { textSha256 = digest })).Ok().Text("state"));
        Assert.Equal("TITLE_BREACH_NO_TITLE", (await parties.Delegate.GetAsync($"{delegation}/title?day={TwoParties.Day(0)}")).Ok().Text("breach"));

        var signed = (await parties.Delegate.PostAsync($"{letter}:sign", new { textSha256 = digest })).Ok();
        Assert.Equal("IN_FORCE", signed.Text("state"));
        Assert.Equal([digest, digest], signed.Json!["certificate"]!["signatures"]!.AsArray().Select(signature => (string)signature!["textSha256"]!));

        // From its first day to its last, and not a day longer.
        foreach (var party in new[] { parties.Insurer, parties.Delegate })
        {
            Assert.Equal("LETTER_OF_ENGAGEMENT", (await party.GetAsync($"{delegation}/title?day={TwoParties.Day(0)}")).Ok().Text("title", "kind"));
            Assert.Equal("LETTER_OF_ENGAGEMENT", (await party.GetAsync($"{delegation}/title?day={TwoParties.Day(120)}")).Ok().Text("title", "kind"));
            Assert.Equal("TITLE_BREACH_LETTER_EXPIRED", (await party.GetAsync($"{delegation}/title?day={TwoParties.Day(121)}")).Ok().Text("breach"));
        }

        // The project opens under it, and keeps what allowed it.
        var project = await parties.OpenProjectUnderTitleAsync();
        Assert.Equal(("LAUNCH", digest), (project.Text("phase"), project.Text("title", "textSha256")));
        Assert.Equal(project.Text("id"), (await parties.Delegate.GetAsync($"/v1/projects/{project.Text("id")}")).Ok().Text("id"));
    }
}
