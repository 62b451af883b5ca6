using Delegation.Gateway.Tests.Hosts;
using Delegation.Gateway.Tests.Protos;

namespace Delegation.Gateway.Tests.Rest.Binding;

public sealed class RefusedRequestTests : RestScenario
{
    private Wide? _received;

    public RefusedRequestTests()
        : base(("Rest:MaxJsonBytes", "2000")) =>
        Probe.OnWiden = (request, _) =>
        {
            _received = request;
            return Task.FromResult(request);
        };

    [Theory]
    [InlineData("GET", "/v1/wide?nothing=1", null, "nothing - PARAMETER_UNKNOWN")]
    [InlineData("GET", "/v1/wide?inner.nothing=1&text.x=2", null, "inner.nothing - PARAMETER_UNKNOWN", "text.x - PARAMETER_UNKNOWN")]
    [InlineData("GET", "/v1/wide?many.depth=1", null, "many.depth - PARAMETER_UNKNOWN")]
    [InlineData("GET", "/v1/wide?many=1&labels=2&inner=3&object=4", null,
        "many - PARAMETER_NOT_A_VALUE", "labels - PARAMETER_NOT_A_VALUE", "inner - PARAMETER_NOT_A_VALUE", "object - PARAMETER_NOT_A_VALUE")]
    [InlineData("GET", "/v1/wide?number=1&number=1", null, "number - FIELD_TWICE")]
    [InlineData("GET", "/v1/wide?bigUnsigned=1&big_unsigned=1", null, "big_unsigned - FIELD_TWICE")]
    [InlineData("GET", "/v1/wide?number=x&colour=PINK&yes=1&at=today", null,
        "number - VALUE_MALFORMED", "colour - ENUM_VALUE_UNKNOWN", "yes - VALUE_MALFORMED", "at - VALUE_MALFORMED")]
    [InlineData("GET", "/v1/wide?left=a&right=1", null, "right - ALTERNATIVES")]
    [InlineData("GET", "/v1/wide?text=%C3&number=%FF", null, "text - QUERY_MALFORMED", "number - QUERY_MALFORMED")]
    [InlineData("GET", "/v1/wide/%FF", null, "text - PATH_MALFORMED")]
    [InlineData("GET", "/v1/wide/rooms/1/of/x", null, "number - VALUE_MALFORMED")]
    [InlineData("GET", "/v1/wide/a?text=b", null, "text - FIELD_CONTRADICTORY")]
    [InlineData("PUT", "/v1/wide/a", """{"text":"b"}""", "text - FIELD_CONTRADICTORY")]
    [InlineData("PUT", "/v1/wide/a", """{"text":""}""", "text - FIELD_CONTRADICTORY")]
    [InlineData("PUT", "/v1/wide/a", """{"number":"x","texts":{}}""", "number /number VALUE_MALFORMED", "texts /texts VALUE_MALFORMED")]
    [InlineData("PUT", "/v1/wide/a?number=1", "{}", "number - PARAMETER_BELONGS_IN_BODY")]
    [InlineData("PATCH", "/v1/wide/a?inner.depth=1", "{}", "inner.depth - PARAMETER_BELONGS_IN_BODY")]
    [InlineData("PATCH", "/v1/wide/a", """{"depth":"x","inner":{"nope":1}}""", "inner.depth /depth VALUE_MALFORMED", "inner.inner.nope /inner/nope FIELD_UNKNOWN")]
    [InlineData("PUT", "/v1/wide/a/many", """[{"depth":"x"}]""", "many[0].depth /0/depth VALUE_MALFORMED")]
    [InlineData("PUT", "/v1/wide/a/number", "\"x\"", "number  VALUE_MALFORMED")]
    [InlineData("GET", "/v1/wide/a", "{}", " - BODY_NOT_TAKEN")]
    [InlineData("DELETE", "/v1/wide/a", "{}", " - BODY_NOT_TAKEN")]
    public async Task Every_place_that_is_wrong_is_named(string method, string path, string? body, params string[] errors)
    {
        var answer = await Rest.SendAsync(method, path, body);

        Assert.Equal((400, "REQUEST_MALFORMED"), (answer.Status, answer.Reason));
        Assert.Equal(errors, answer.Errors);
        Assert.Null(_received);
    }

    [Theory]
    [InlineData("POST", "Idempotency-Key", "", "request_id - HEADER_MALFORMED")]
    [InlineData("POST", "Idempotency-Key", "a\"b", "request_id - HEADER_MALFORMED")]
    [InlineData("POST", "X-Organization", "é", "X-Organization - HEADER_MALFORMED")]
    [InlineData("POST", "If-Match", "*", "etag - HEADER_MALFORMED")]
    [InlineData("POST", "If-Match", "W/\"a\"", "etag - HEADER_MALFORMED")]
    [InlineData("POST", "If-Match", "\"a\", \"b\"", "etag - HEADER_MALFORMED")]
    [InlineData("POST", "If-Match", "a", "etag - HEADER_MALFORMED")]
    public async Task A_header_has_the_form_that_it_has(string method, string name, string value, string error)
    {
        var answer = await Rest.SendAsync(method, "/v1/wide", "{}", headers: (name, value));

        Assert.Equal((400, error), (answer.Status, Assert.Single(answer.Errors)));
    }

    [Theory]
    [InlineData("If-Match", "\"r1\"", """{"etag":"\"r2\""}""", "etag - FIELD_CONTRADICTORY")]
    [InlineData("Idempotency-Key", "k1", """{"requestId":"k2"}""", "request_id - FIELD_CONTRADICTORY")]
    public async Task A_header_and_a_field_that_say_different_things_are_refused(string name, string value, string body, string error)
    {
        var answer = await Rest.SendAsync("POST", "/v1/wide", body, headers: (name, value));

        Assert.Equal((400, error), (answer.Status, Assert.Single(answer.Errors)));
    }

    [Fact]
    public async Task A_condition_that_a_method_does_not_know_is_not_ignored()
    {
        var matched = await Rest.GetAsync("/v1/messages/x:watch", ("If-Match", "\"a\""));
        var sent = await Rest.SendAsync("PUT", "/v1/small-files/x", "x", "text/plain", ("If-Match", "\"a\""));

        Assert.Equal((400, "If-Match - HEADER_NOT_TAKEN"), (matched.Status, Assert.Single(matched.Errors)));
        Assert.Equal((400, "If-Match - HEADER_NOT_TAKEN"), (sent.Status, Assert.Single(sent.Errors)));
    }

    [Theory]
    [InlineData(null, 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/json; charset=iso-8859-1", 415)]
    [InlineData("application/json", 200)]
    [InlineData("Application/JSON; Charset=\"UTF-8\"", 200)]
    [InlineData("application/merge-patch+json", 200)]
    public async Task A_body_is_json_in_utf8(string? contentType, int status)
    {
        var answer = await Rest.SendAsync("POST", "/v1/wide", "{}", contentType);

        Assert.Equal(status, answer.Status);
        if (status == 415)
            Assert.Equal("MEDIA_TYPE_NOT_JSON", answer.Reason);
    }

    [Fact]
    public async Task A_compressed_body_is_told_so() =>
        Assert.Equal(415, (await Rest.SendAsync("POST", "/v1/wide", "{}", headers: ("Content-Encoding", "gzip"))).Status);

    [Fact]
    public async Task A_body_that_is_too_large_is_not_read()
    {
        var exact = $$"""{"text":"{{new string('x', 2000 - 11)}}"}""";

        Assert.Equal(200, (await Rest.SendAsync("POST", "/v1/wide", exact)).Status);
        var announced = await Rest.SendAsync("POST", "/v1/wide", exact + " ");
        using var chunked = new HttpRequestMessage(HttpMethod.Post, new Uri(Gateway.HttpAddress, "/v1/wide")) { Content = RestClient.Content(new byte[5000], "application/json") };
        chunked.Headers.TransferEncodingChunked = true;
        var counted = await Rest.SendAsync(chunked);

        Assert.Equal((413, "BODY_TOO_LARGE"), (announced.Status, announced.Reason));
        Assert.Equal((413, "BODY_TOO_LARGE"), (counted.Status, counted.Reason));
    }

    [Fact]
    public async Task The_texts_are_french_for_who_reads_french()
    {
        var answer = await Rest.SendAsync("POST", "/v1/wide", """{"number":"x"}""", headers: ("Accept-Language", "fr-FR"));

        Assert.Equal("fr", answer.Header("Content-Language"));
        Assert.StartsWith("La requête n'a pas la forme", answer.Json.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal("Il faut ici un nombre entier de -2147483648 à 2147483647.", answer.Json.GetProperty("errors")[0].GetProperty("message").GetString());
    }
}
