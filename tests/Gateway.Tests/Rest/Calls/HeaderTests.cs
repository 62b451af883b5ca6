using Delegation.Gateway.Tests.Protos;

namespace Delegation.Gateway.Tests.Rest.Calls;

public sealed class HeaderTests : RestScenario
{
    private Wide? _received;

    public HeaderTests() =>
        Probe.OnWiden = (request, _) =>
        {
            _received = request.Clone();
            return Task.FromResult(request);
        };

    [Theory]
    [InlineData("8e03978e-40d5-43e8-bc93-6894a57f9324", "{}")]
    [InlineData("\"8e03978e-40d5-43e8-bc93-6894a57f9324\"", "{}")]
    [InlineData("8e03978e-40d5-43e8-bc93-6894a57f9324", """{"requestId":"8e03978e-40d5-43e8-bc93-6894a57f9324"}""")]
    [InlineData(null, """{"request_id":"8e03978e-40d5-43e8-bc93-6894a57f9324"}""")]
    public async Task The_idempotency_key_is_the_request_id(string? key, string body)
    {
        await Rest.SendAsync("POST", "/v1/wide", body, headers: key is null ? [] : [("Idempotency-Key", key)]);

        Assert.Equal("8e03978e-40d5-43e8-bc93-6894a57f9324", _received?.RequestId);
    }

    [Fact]
    public async Task A_key_does_no_harm_to_a_call_that_only_reads_and_is_refused_by_a_command_that_would_not_keep_to_it()
    {
        var read = await Rest.SendAsync("POST", "/v1/messages:search", "{}", headers: ("Idempotency-Key", "k-1"));
        var written = await Rest.SendAsync("POST", "/v1/bytes", "x", "text/plain", ("Idempotency-Key", "k-1"));

        Assert.Equal(200, read.Status);
        Assert.Equal((400, "Idempotency-Key - HEADER_NOT_TAKEN"), (written.Status, Assert.Single(written.Errors)));
    }

    [Fact]
    public async Task Nobody_makes_up_a_request_id()
    {
        await Rest.SendAsync("POST", "/v1/wide", "{}");

        Assert.Equal("", _received?.RequestId);
    }

    [Fact]
    public async Task If_match_is_the_etag_as_it_is()
    {
        await Rest.SendAsync("PUT", "/v1/wide/x", "{}", headers: ("If-Match", "\"r7\""));

        Assert.Equal("\"r7\"", _received?.Etag);
    }

    [Fact]
    public async Task An_answer_with_an_etag_has_it_as_its_header_and_is_not_sent_twice()
    {
        var first = await Rest.GetAsync("/v1/wide?etag=%22r7%22&text=x");
        var known = await Rest.GetAsync("/v1/wide?etag=%22r7%22", ("If-None-Match", "\"r6\", W/\"r7\""));
        var changed = await Rest.GetAsync("/v1/wide?etag=%22r7%22", ("If-None-Match", "\"r6\""));
        var any = await Rest.GetAsync("/v1/wide?etag=%22r7%22", ("If-None-Match", "*"));
        var written = await Rest.SendAsync("POST", "/v1/wide", """{"etag":"\"r7\""}""", headers: ("If-None-Match", "\"r7\""));

        Assert.Equal((200, "\"r7\"", "private, no-cache"), (first.Status, first.Header("ETag"), first.Header("Cache-Control")));
        Assert.Equal((304, 0, "\"r7\""), (known.Status, known.Bytes.Length, known.Header("ETag")));
        Assert.Equal((200, 304, 200), (changed.Status, any.Status, written.Status));
    }

    [Theory]
    [InlineData("W/%22r7%22")]
    [InlineData("r7")]
    [InlineData("")]
    public async Task What_is_no_strong_etag_is_no_header(string etag) =>
        Assert.Null((await Rest.GetAsync($"/v1/wide?etag={etag}")).Header("ETag"));

    [Fact]
    public async Task For_which_organisation_a_service_answered_stays_and_nothing_else_of_its_headers()
    {
        Probe.OnWiden = async (request, context) =>
        {
            await context.WriteResponseHeadersAsync(new() { { "organization", "o-1" }, { "x-other", "x" } });
            return request;
        };

        var answer = await Rest.GetAsync("/v1/wide");

        Assert.Equal(("o-1", null, null), (answer.Header("organization"), answer.Header("x-other"), answer.Header("grpc-status")));
    }
}
