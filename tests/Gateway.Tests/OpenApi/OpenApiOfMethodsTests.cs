using System.Text.Json.Nodes;
using Delegation.Gateway.OpenApi;
using Delegation.Gateway.Tests.Protos;

namespace Delegation.Gateway.Tests.OpenApi;

/// <summary>How the ways to call methods are described: what goes where, who may call, what is answered.</summary>
public sealed class OpenApiOfMethodsTests
{
    private static readonly JsonNode Described = OpenApiDocument.Of([Probe.Descriptor], new Comments())["paths"]!;
    private static readonly JsonNode Published = JsonNode.Parse(ApiDescription.Document)!["paths"]!;

    [Fact]
    public void The_same_contract_gives_the_same_document() =>
        Assert.Equal(OpenApiDocument.Write(OpenApiDocument.Of([Probe.Descriptor], new Comments())), OpenApiDocument.Write(OpenApiDocument.Of([Probe.Descriptor], new Comments())));

    [Theory]
    [InlineData("/v1/wide/{text}", "put", "Widen_6")]
    [InlineData("/v1/wide/{text}:act", "post", "Widen_12")]
    [InlineData("/v1/wide/{inner.name}/of/{number}", "get", "Widen_4")]
    [InlineData("/v1/everything/{text}", "get", "Widen_5")]
    public void Each_way_to_call_a_method_is_an_operation_of_its_own(string path, string verb, string id)
    {
        var operation = Described[path]![verb]!;

        Assert.Equal(id, (string?)operation["operationId"]);
        Assert.Equal("Probe", (string?)operation["tags"]![0]);
    }

    [Fact]
    public void Path_query_and_headers_give_what_the_body_does_not()
    {
        var put = Described["/v1/wide/{text}"]!["put"]!;
        var get = Described["/v1/wide/{text}"]!["get"]!;
        var patch = Described["/v1/wide/{text}"]!["patch"]!;

        Assert.Equal(["path text required", "header Idempotency-Key", "header If-Match"], Parameters(put));
        var body = Resolve((string)put["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]!)["properties"]!;
        Assert.Null(body["text"] ?? body["etag"] ?? body["requestId"]);
        Assert.NotNull(body["big"]);

        Assert.Null(get["requestBody"]);
        Assert.Contains("query inner.displayName", Parameters(get));
        Assert.DoesNotContain("query etag", Parameters(get));

        Assert.Equal("#/components/schemas/probe.Inner", (string?)patch["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]);
        Assert.DoesNotContain("query inner.name", Parameters(patch));
        Assert.Contains("query number", Parameters(patch));
    }

    [Fact]
    public void Bytes_events_and_single_fields_are_answered_as_what_they_are()
    {
        Assert.Equal("binary", (string?)Described["/v1/files/{name}"]!["put"]!["requestBody"]!["content"]!["application/octet-stream"]!["schema"]!["format"]);
        Assert.Equal("binary", (string?)Answer("/v1/files/{name}", "get")["content"]!["application/octet-stream"]!["schema"]!["format"]);
        Assert.Equal("#/components/schemas/probe.Message", (string?)Answer("/v1/messages/{text}:watch", "get")["content"]!["text/event-stream"]!["schema"]!["contentSchema"]!["$ref"]);
        Assert.Equal("array", (string?)Answer("/v1/wide/{text}:numbers", "get")["content"]!["application/json"]!["schema"]!["type"]);
        Assert.NotNull(Answer("/v1/wide", "get")["headers"]!["ETag"]);
        Assert.Null(Answer("/v1/files/{name}", "get")["headers"]);
    }

    [Fact]
    public void Who_may_call_is_said_to_programs_and_to_people()
    {
        var update = Published["/v1/delegations/{delegationId}"]!["put"]!;
        var register = Published["/v1/organizations"]!["post"]!;

        Assert.Equal("""{"roles":["ROLE_ADMINISTRATOR","ROLE_DELEGATION_MANAGER"],"side":"SIDE_EITHER"}""", update["x-access"]!.ToJsonString());
        Assert.EndsWith(
            "**Who may call**: in an insurer or a delegate: Administrator (administrateur), Delegation manager (responsable de la délégation).",
            (string?)update["description"], StringComparison.Ordinal);
        Assert.Contains("**Who may call**: anybody with a valid token, for no organisation.", (string?)register["description"], StringComparison.Ordinal);
        Assert.Contains("X-Organization", update["parameters"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("X-Organization", register["parameters"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_errors_that_a_comment_names_are_under_their_status()
    {
        var responses = Published["/v1/delegations/{delegationId}"]!["put"]!["responses"]!;

        Assert.Equal(["DELEGATION_CLOSED", "INSURER_REQUIRED", "INVALID_FIELDS", "ORGANIZATION_REQUIRED", "REQUEST_MALFORMED"], Reasons(responses["400"]!));
        Assert.Equal(["TOKEN_EXPIRED", "TOKEN_INVALID", "TOKEN_MISSING"], Reasons(responses["401"]!));
        Assert.Equal(["MEMBERSHIP_REQUIRED", "ROLE_REQUIRED"], Reasons(responses["403"]!));
        Assert.Equal(["DELEGATION_NOT_FOUND"], Reasons(responses["404"]!));
        Assert.Equal(["ETAG_STALE"], Reasons(responses["412"]!));
        Assert.Equal(["ETAG_REQUIRED"], Reasons(responses["428"]!));
        Assert.NotNull(responses["default"]);
    }

    [Fact]
    public void The_stream_of_what_happens_is_described_though_it_is_no_rpc()
    {
        var answer = Published["/v1/events"]!["get"]!["responses"]!["200"]!["content"]!["text/event-stream"]!;
        var data = JsonNode.Parse(ApiDescription.Document)!["components"]!["schemas"]!["Event"]!;

        Assert.Equal("#/components/schemas/Event", (string?)answer["schema"]!["contentSchema"]!["$ref"]);
        Assert.Equal("int64", (string?)data["properties"]!["revision"]!["format"]);
    }

    private static JsonNode Answer(string path, string verb) => Described[path]![verb]!["responses"]!["200"]!;

    private static IEnumerable<string?> Reasons(JsonNode response) => response["x-reasons"]!.AsArray().Select(reason => (string?)reason);

    private static JsonNode Resolve(string reference) =>
        OpenApiDocument.Of([Probe.Descriptor], new Comments())["components"]!["schemas"]![reference.Split('/')[^1]]!;

    private static IEnumerable<string> Parameters(JsonNode operation) =>
        from parameter in operation["parameters"]!.AsArray()
        where parameter!["name"] is not null
        select $"{parameter["in"]} {parameter["name"]}{(parameter["required"] is null ? "" : " required")}";
}
