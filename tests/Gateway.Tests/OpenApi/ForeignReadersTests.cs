using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Delegation.Gateway.OpenApi;
using Delegation.Gateway.Rest.Json;
using Delegation.Gateway.Rest.Routing;
using Delegation.Gateway.Tests.Protos;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Gateway.Tests.OpenApi;

/// <summary>Independent readers of the OpenAPI document: Redocly's linter, openapi-typescript and the TypeScript compiler, a JSON Schema validator.</summary>
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

    [NodeFact(TypeScriptClient.Project)]
    public async Task What_the_gateway_writes_is_valid_by_the_schema_of_its_message()
    {
        var one = new Inner { Name = "room", Depth = 3, Tags = { "a" } };
        var full = new Wide
        {
            Text = "é", Number = -1, Big = long.MinValue, Unsigned = 7, BigUnsigned = ulong.MaxValue, Real = 1.5, Yes = true, Data = ByteString.CopyFrom(0, 255),
            Colour = Colour.Green, Inner = one, Texts = { "x", "" }, Colours = { Colour.Red }, Many = { one }, Labels = { ["k"] = 1 }, Inners = { [2] = one },
            At = Timestamp.FromDateTime(DateTime.UnixEpoch), Lasts = Duration.FromTimeSpan(TimeSpan.FromSeconds(1.5)), Mask = FieldMask.FromString("inner.display_name"),
            MaybeText = "", MaybeBig = 5, MaybeYes = false, Object = new Struct { Fields = { ["a"] = Value.ForNull() } }, Value = Value.ForNumber(2),
            List = new ListValue { Values = { Value.ForBool(true) } }, OptionalNumber = 0, Right = 9, Zigzag = -4, Fixed = 8,
        };

        var verdicts = await ValidateAsync(
            Written(new Wide()), Written(full),
            """{"left":"both","right":1}""", """{"big":5}""", """{"colour":"PURPLE"}""", """{"inner":[]}""", """{"at":"yesterday"}""", """{"lasts":"1m"}""");

        Assert.Equal(["null", "null"], verdicts[..2]);
        Assert.DoesNotContain("null", verdicts[2..]);

        static string Written(Wide message)
        {
            var output = new ArrayBufferWriter<byte>();
            JsonAnswer.Write(output, message, RestContract.Of([Probe.Descriptor]).First(binding => binding.Method.Name == "Widen"));
            return Encoding.UTF8.GetString(output.WrittenSpan);
        }
    }

    private static async Task<string[]> ValidateAsync(params string[] values)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (document, file) = (Path.Combine(folder.FullName, "openapi.json"), Path.Combine(folder.FullName, "values.json"));
            await System.IO.File.WriteAllTextAsync(document, OpenApiDocument.Write(OpenApiDocument.Of([Probe.Descriptor], new Comments())));
            await System.IO.File.WriteAllTextAsync(file, $"[{string.Join(',', values.Select(value => $$"""{"schema":"probe.Wide","value":{{value}}}"""))}]");
            return await Peers.RunAsync("validate.mjs", document, file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string[]> LintAsync(string document)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        await System.IO.File.WriteAllTextAsync(file, document);
        try
        {
            return await Peers.RunAsync("lint.mjs", file);
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }
}
