using System.Text.Json.Nodes;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Gateway.OpenApi;
using Delegation.Gateway.Tests.Protos;

namespace Delegation.Gateway.Tests.OpenApi;

/// <summary>How messages, fields and enums are described: as proto3 JSON writes them.</summary>
public sealed class OpenApiOfMessagesTests
{
    private static readonly JsonObject Described = OpenApiDocument.Of([Probe.Descriptor], new Comments());
    private static readonly JsonNode Published = JsonNode.Parse(ApiDescription.Document)!;

    [Theory]
    [InlineData("text", """{"type":"string"}""")]
    [InlineData("number", """{"type":"integer","format":"int32"}""")]
    [InlineData("big", """{"type":"string","format":"int64"}""")]
    [InlineData("unsigned", """{"type":"integer","format":"uint32","minimum":0}""")]
    [InlineData("bigUnsigned", """{"type":"string","format":"uint64"}""")]
    [InlineData("real", """{"type":"number","format":"double"}""")]
    [InlineData("yes", """{"type":"boolean"}""")]
    [InlineData("data", """{"type":"string","contentEncoding":"base64"}""")]
    [InlineData("colour", """{"$ref":"#/components/schemas/probe.Colour"}""")]
    [InlineData("inner", """{"$ref":"#/components/schemas/probe.Inner"}""")]
    [InlineData("texts", """{"type":"array","items":{"type":"string"}}""")]
    [InlineData("many", """{"type":"array","items":{"$ref":"#/components/schemas/probe.Inner"}}""")]
    [InlineData("labels", """{"type":"object","additionalProperties":{"type":"integer","format":"int32"}}""")]
    [InlineData("inners", """{"type":"object","additionalProperties":{"$ref":"#/components/schemas/probe.Inner"}}""")]
    [InlineData("at", """{"type":"string","format":"date-time"}""")]
    [InlineData("lasts", """{"type":"string","pattern":"^-?[0-9]+(\\.[0-9]{1,9})?s$"}""")]
    [InlineData("mask", """{"type":"string"}""")]
    [InlineData("maybeText", """{"type":["string","null"]}""")]
    [InlineData("maybeBig", """{"type":["string","null"],"format":"int64"}""")]
    [InlineData("object", """{"type":"object","additionalProperties":true}""")]
    [InlineData("value", "{}")]
    [InlineData("list", """{"type":"array","items":{}}""")]
    [InlineData("left", """{"type":"string","description":"At most one of `left`, `right`, `middle`."}""")]
    [InlineData("veryOdd", """{"type":"string"}""")]
    public void A_field_has_the_schema_of_its_JSON(string field, string schema)
    {
        var property = Described["components"]!["schemas"]!["probe.Wide"]!["properties"]![field]!;

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(schema), property), property.ToJsonString());
    }

    [Fact]
    public void A_message_may_contain_itself() =>
        Assert.Equal("#/components/schemas/probe.Inner", (string?)Described["components"]!["schemas"]!["probe.Inner"]!["properties"]!["inner"]!["$ref"]);

    [Fact]
    public void Two_alternatives_at_once_are_not_valid()
    {
        var pairs = Described["components"]!["schemas"]!["probe.Wide"]!["not"]!["anyOf"]!.AsArray();

        Assert.Equal(["left+right", "left+middle", "right+middle"], pairs.Select(pair => string.Join('+', pair!["required"]!.AsArray())));
    }

    [Fact]
    public void A_request_has_the_fields_that_its_comments_require_and_an_answer_all_that_cannot_be_absent()
    {
        var schemas = Published["components"]!["schemas"]!;

        Assert.Equal(["kind", "legalName", "siren"], schemas["contracts.RegisterOrganizationBody"]!["required"]!.AsArray().Select(name => (string?)name));
        var organization = schemas["contracts.Organization"]!["required"]!.AsArray().Select(name => (string?)name).ToList();
        Assert.Contains("legalName", organization);
        Assert.DoesNotContain("createTime", organization);
        Assert.Null(Described["components"]!["schemas"]!["probe.Wide"]!["required"]);
    }

    [Fact]
    public void An_enum_says_what_each_value_means_in_both_languages()
    {
        var kind = Published["components"]!["schemas"]!["contracts.Organization.Kind"]!;

        Assert.Contains("MUTUAL", kind["enum"]!.AsArray().Select(value => (string?)value));
        Assert.Contains("- `MUTUAL`: Mutual under the Code de la mutualité (mutuelle). An insurer.", (string?)kind["description"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_comment_is_one_line_per_paragraph_with_the_names_that_fields_have_in_JSON()
    {
        var comments = new Comments(typeof(AccessRule).Assembly);

        Assert.Equal(
            ["Which organisation to get.", "Required. The `id` of the organisation.\n\nField reasons: ORGANIZATION_ID_MALFORMED (empty, or not a UUID in its 36-character form)."],
            [comments.Of(GetOrganizationRequest.Descriptor), comments.Of(GetOrganizationRequest.Descriptor.FindFieldByNumber(1))]);
        Assert.Equal("Members of an organisation who have one of these roles in it may call; whoever has several needs one.",
            comments.Of(AccessRule.Descriptor.FindFieldByName("roles")));
        Assert.Contains("`ownerId`", comments.Of(Journal.V1.Entry.Descriptor.FindFieldByName("owner_position")), StringComparison.Ordinal);
    }
}
