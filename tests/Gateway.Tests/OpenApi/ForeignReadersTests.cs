using System.Text.Json.Nodes;
using Delegation.Gateway.OpenApi;

namespace Delegation.Gateway.Tests.OpenApi;

/// <summary>Independent readers of the OpenAPI document: Redocly's linter, openapi-typescript and the TypeScript compiler.</summary>
public sealed class ForeignReadersTests
{
    private static readonly NodePeers Peers = new(TypeScriptClient.Project);

    [NodeFact(TypeScriptClient.Project)]
    public async Task Redocly_finds_nothing_to_say_by_its_recommended_rules()
    {
        Assert.Empty(await LintAsync(ApiDescription.Document));

        var broken = JsonNode.Parse(ApiDescription.Document)!;
        broken["paths"]!["/v1/organizations"]!["post"]!["operationId"] = "GetOrganization";
        Assert.Contains(await LintAsync(broken.ToJsonString()), line => line.Contains("operation-operationId-unique", StringComparison.Ordinal));
    }

    // The client names in itself what must not compile.
    [NodeFact(TypeScriptClient.Project)]
    public async Task A_client_with_generated_types_compiles_strictly()
    {
        using var client = await TypeScriptClient.CompileAsync(ApiDescription.Document);

        Assert.Empty(client.Complaints);
    }

    private static async Task<string[]> LintAsync(string document)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, document);
        try
        {
            return await Peers.RunAsync("lint.mjs", file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
