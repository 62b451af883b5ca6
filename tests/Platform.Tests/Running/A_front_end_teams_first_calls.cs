using System.Text.Json.Nodes;
using Aspire.Hosting.Testing;
using Delegation.TestKit;

namespace Delegation.Platform.Tests.Running;

/// <summary>A TypeScript client made of the OpenAPI document that the gateway serves, and of nothing else, calls that gateway over REST.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class A_front_end_teams_first_calls(RunningPlatform platform)
{
    [PlatformFact(TypeScriptClient.Project)]
    public async Task Register_an_organisation_read_it_back_and_learn_what_is_wrong()
    {
        using var gateway = platform.Application.CreateHttpClient("gateway", "http");
        using var client = await TypeScriptClient.CompileAsync(await gateway.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        Assert.Empty(client.Complaints);
        var token = (await platform.CallAsync()).GetValue("authorization")!["Bearer ".Length..];

        var report = JsonNode.Parse(await client.RunAsync(gateway.BaseAddress!.GetLeftPart(UriPartial.Authority), token))!;

        Assert.Equal(("MUTUAL", "356000000"), ((string?)report["registered"]!["kind"], (string?)report["registered"]!["siren"]));
        Assert.True(JsonNode.DeepEquals(report["registered"], report["read"]), report.ToJsonString());
        Assert.Equal((string?)report["read"]!["etag"], (string?)report["etag"]);
        Assert.Equal((400, "INVALID_FIELDS"), ((int?)report["refused"]!["status"], (string?)report["refused"]!["reason"]));
        Assert.Equal(
            ["legal_name: LEGAL_NAME_REQUIRED", "siren: SIREN_WRONG_CHECK_DIGIT"],
            report["refused"]!["reasons"]!.AsArray().Select(reason => (string?)reason).Order());
    }

    [PlatformFact(TypeScriptClient.Project)]
    public async Task Bring_a_delegation_from_two_strangers_to_the_launch_of_its_project()
    {
        using var gateway = platform.Application.CreateHttpClient("gateway", "http");
        using var client = await TypeScriptClient.CompileAsync(await gateway.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)), "slice.ts");
        Assert.Empty(client.Complaints);
        var issuer = platform.Application.GetEndpoint("identity", "http");

        var report = JsonNode.Parse(await client.RunAsync(
            gateway.BaseAddress!.GetLeftPart(UriPartial.Authority),
            await DemoUser.TokenAsync(issuer, "demo-insurer"),
            await DemoUser.TokenAsync(issuer, "demo-delegate"),
            MadeUpSiren.Next(),
            MadeUpSiren.Next()))!;

        Assert.Equal(
            """{"delegation":"OPEN","scope":"VALIDATED","letter":"IN_FORCE","signatures":2,"title":"LETTER_OF_ENGAGEMENT","project":"LAUNCH"}""",
            report.ToJsonString());
    }
}
