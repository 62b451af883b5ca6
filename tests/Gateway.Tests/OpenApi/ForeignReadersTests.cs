using System.Text.Json.Nodes;
using Delegation.Gateway.OpenApi;

namespace Delegation.Gateway.Tests.OpenApi;

/// <summary>Independent readers of the OpenAPI document: Redocly's linter, openapi-typescript and the TypeScript compiler.</summary>
public sealed class ForeignReadersTests
{
    private static readonly NodePeers Peers = new("Gateway.Tests");

    [NodeFact("Gateway.Tests")]
    public async Task Redocly_finds_nothing_to_say_by_its_recommended_rules()
    {
        Assert.Empty(await LintAsync(ApiDescription.Document));

        var broken = JsonNode.Parse(ApiDescription.Document)!;
        broken["paths"]!["/v1/organizations"]!["post"]!["operationId"] = "GetOrganization";
        Assert.Contains(await LintAsync(broken.ToJsonString()), line => line.Contains("operation-operationId-unique", StringComparison.Ordinal));
    }

    // The client names in itself what must not compile.
    [NodeFact("Gateway.Tests")]
    public async Task A_client_with_generated_types_compiles_strictly() => Assert.Empty(await CompileAsync(Path.Combine(Peers.Folder, "client.ts")));

    private static Task<string[]> LintAsync(string document) => WithFileAsync(document, file => Peers.RunAsync("lint.mjs", file));

    private static async Task<string[]> CompileAsync(string client)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Peers.Folder, "node_modules", ".generated", Guid.NewGuid().ToString("N")));
        try
        {
            return await WithFileAsync(ApiDescription.Document, file => Peers.RunAsync("compile.mjs", file, client, folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string[]> WithFileAsync(string document, Func<string, Task<string[]>> use)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, document);
        try
        {
            return await use(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
