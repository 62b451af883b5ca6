using Delegation.Gateway.Tests.Protos;
using Grpc.Core;

namespace Delegation.Gateway.Tests.Rest.Calls;

public sealed class UnaryCallTests : RestScenario
{
    private Wide? _received;
    private Metadata? _metadata;
    private DateTime _deadline;

    public UnaryCallTests() =>
        Probe.OnWiden = (request, context) =>
        {
            (_received, _metadata, _deadline) = (request.Clone(), context.RequestHeaders, context.Deadline);
            return Task.FromResult(request);
        };

    [Fact]
    public async Task A_body_becomes_the_request_and_the_response_becomes_json()
    {
        var answer = await Rest.SendAsync("POST", "/v1/wide", """{"text":"é\n","big":"9007199254740993","colour":"GREEN","inner":{"display_name":"x"}}""");

        Assert.Equal((200, "application/json"), (answer.Status, answer.Header("Content-Type")));
        Assert.Equal(new Wide { Text = "é\n", Big = 9007199254740993, Colour = Colour.Green, Inner = new Inner { DisplayName = "x" } }, _received);
        Assert.Equal("9007199254740993", answer.Json.GetProperty("big").GetString());
        Assert.Equal("x", answer.Json.GetProperty("inner").GetProperty("displayName").GetString());
    }

    [Fact]
    public async Task An_answer_has_the_same_shape_whatever_it_says()
    {
        var answer = await Rest.SendAsync("POST", "/v1/wide", "{}");

        Assert.Equal(("", 0, "0", "COLOUR_UNSPECIFIED", 0), (
            answer.Json.GetProperty("text").GetString(), answer.Json.GetProperty("number").GetInt32(), answer.Json.GetProperty("big").GetString(),
            answer.Json.GetProperty("colour").GetString(), answer.Json.GetProperty("many").GetArrayLength()));
        Assert.False(answer.Json.TryGetProperty("inner", out _));
        Assert.False(answer.Json.TryGetProperty("optionalNumber", out _));
        Assert.False(answer.Json.TryGetProperty("left", out _));
    }

    [Fact]
    public async Task Path_and_query_give_fields_too()
    {
        var answer = await Rest.GetAsync("/v1/wide/a%2Fb+%C3%A9?number=7&inner.displayName=x+y&inner.inner.depth=3&numbers=1&numbers=2&colour=RED&at=2026-01-31T09:30:00Z&maybeBig=5&yes=true&mask=legalName,siren");

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            new Wide
            {
                Text = "a/b+é",
                Number = 7,
                Inner = new Inner { DisplayName = "x y", Inner_ = new Inner { Depth = 3 } },
                Numbers = { 1, 2 },
                Colour = Colour.Red,
                At = new() { Seconds = 1769851800 },
                MaybeBig = 5,
                Yes = true,
                Mask = new() { Paths = { "legal_name", "siren" } },
            },
            _received);
    }

    [Theory]
    [InlineData("GET", "/v1/wide/rooms/3/of/4", null, """{"inner":{"name":"rooms/3"},"number":4}""")]
    [InlineData("GET", "/v1/everything/a%20b/c%2Fd", null, """{"text":"a b/c%2Fd"}""")]
    [InlineData("GET", "/v1/everything", null, """{}""")]
    [InlineData("PUT", "/v1/wide/x", """{"number":1}""", """{"text":"x","number":1}""")]
    [InlineData("PUT", "/v1/wide/x", """{"number":1,"text":"x"}""", """{"text":"x","number":1}""")]
    [InlineData("PATCH", "/v1/wide/x?number=2", """{"depth":1}""", """{"text":"x","number":2,"inner":{"depth":1}}""")]
    [InlineData("PUT", "/v1/wide/x/many", """[{"depth":1},{}]""", """{"text":"x","many":[{"depth":1},{}]}""")]
    [InlineData("PUT", "/v1/wide/x/number", "12", """{"text":"x","number":12}""")]
    [InlineData("PUT", "/v1/wide/x/labels", """{"a":1}""", """{"text":"x","labels":{"a":1}}""")]
    [InlineData("DELETE", "/v1/wide/x", null, """{"text":"x"}""")]
    [InlineData("POST", "/v1/wide/x:act", null, """{"text":"x"}""")]
    [InlineData("POST", "/v1/wide/x:act", "", """{"text":"x"}""")]
    public async Task Each_binding_gives_its_fields(string method, string path, string? body, string received)
    {
        var answer = await Rest.SendAsync(method, path, body);

        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(Google.Protobuf.JsonParser.Default.Parse<Wide>(received), _received);
    }

    [Fact]
    public async Task A_binding_can_answer_one_field()
    {
        Assert.Equal("3", (await Rest.GetAsync("/v1/wide/x:inner?inner.depth=3")).Json.GetProperty("depth").GetRawText());
        Assert.Equal("[4,5]", (await Rest.GetAsync("/v1/wide/x:numbers?numbers=4&numbers=5")).Text.Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_means_something_to_a_service_goes_on_and_nothing_else()
    {
        const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        await Rest.GetAsync(
            "/v1/wide/x", ("Authorization", "Bearer t"), ("Accept-Language", "fr"), ("X-Organization", "o-1"), ("traceparent", TraceParent),
            ("organization", "o-2"), ("Cookie", "a=b"), ("X-Other", "x"), ("grpc-timeout", "1n"), ("Accept-Encoding", "gzip"));

        Assert.Equal(("Bearer t", "fr", "o-1"), (_metadata!.GetValue("authorization"), _metadata.GetValue("accept-language"), _metadata.GetValue("organization")));
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", _metadata.GetValue("traceparent"), StringComparison.Ordinal);
        Assert.DoesNotContain(_metadata, entry => entry.Key is "cookie" or "x-other" or "accept-encoding" or "x-organization");
        Assert.InRange(_deadline - DateTime.UtcNow, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(31));
    }

    [Theory]
    [InlineData("POST", "/v1/wide/x", 405, "HTTP_METHOD_UNKNOWN")]
    [InlineData("GET", "/v1/nothing", 404, "ADDRESS_UNKNOWN")]
    [InlineData("GET", "/v1/wide/", 404, "ADDRESS_UNKNOWN")]
    [InlineData("GET", "/v1/wide/x:nothing", 404, "ADDRESS_UNKNOWN")]
    public async Task What_is_not_there_is_told_apart_from_what_is_done_otherwise(string method, string path, int status, string reason)
    {
        var answer = await Rest.SendAsync(method, path, null);

        Assert.Equal((status, reason), (answer.Status, answer.Reason));
        Assert.Equal("application/problem+json", answer.Header("Content-Type"));
        if (status == 405)
            Assert.Equal("DELETE, GET, HEAD, PATCH, PUT, OPTIONS", answer.Header("Allow"));
    }

    [Fact]
    public async Task Options_tells_the_methods_and_head_the_headers()
    {
        var options = await Rest.SendAsync("OPTIONS", "/v1/wide", null);
        var get = await Rest.GetAsync("/v1/wide/x");
        var head = await Rest.SendAsync("HEAD", "/v1/wide/x", null);

        Assert.Equal((204, "GET, HEAD, POST, OPTIONS"), (options.Status, options.Header("Allow")));
        Assert.Equal((200, 0, get.Header("Content-Length")), (head.Status, head.Bytes.Length, head.Header("Content-Length")));
    }
}
