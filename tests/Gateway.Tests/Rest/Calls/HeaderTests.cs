using Delegation.Gateway.Tests.Hosts;
using Delegation.Gateway.Tests.Protos;

namespace Delegation.Gateway.Tests.Rest.Calls;

public sealed class HeaderTests : IAsyncLifetime, IDisposable
{
    private readonly ProbeService _probe = new();
    private ServiceHost _service = null!;
    private GatewayHost _gateway = null!;
    private RestClient _rest = null!;
    private Wide? _received;

    public async Task InitializeAsync()
    {
        _probe.OnWiden = (request, _) =>
        {
            _received = request.Clone();
            return Task.FromResult(request);
        };
        _service = await ServiceHost.StartAsync(_probe);
        _gateway = await GatewayHost.StartAsync([_service.Address]);
        _rest = new RestClient(_gateway);
    }

    public void Dispose() => _rest.Dispose();

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Theory]
    [InlineData("8e03978e-40d5-43e8-bc93-6894a57f9324", "{}")]
    [InlineData("\"8e03978e-40d5-43e8-bc93-6894a57f9324\"", "{}")]
    [InlineData("8e03978e-40d5-43e8-bc93-6894a57f9324", """{"requestId":"8e03978e-40d5-43e8-bc93-6894a57f9324"}""")]
    [InlineData(null, """{"request_id":"8e03978e-40d5-43e8-bc93-6894a57f9324"}""")]
    public async Task The_idempotency_key_is_the_request_id(string? key, string body)
    {
        await _rest.SendAsync("POST", "/v1/wide", body, headers: key is null ? [] : [("Idempotency-Key", key)]);

        Assert.Equal("8e03978e-40d5-43e8-bc93-6894a57f9324", _received?.RequestId);
    }

    [Fact]
    public async Task A_key_does_no_harm_to_a_call_that_only_reads_and_is_refused_by_a_command_that_would_not_keep_to_it()
    {
        var read = await _rest.SendAsync("POST", "/v1/messages:search", "{}", headers: ("Idempotency-Key", "k-1"));
        var written = await _rest.SendAsync("POST", "/v1/bytes", "x", "text/plain", ("Idempotency-Key", "k-1"));

        Assert.Equal(200, read.Status);
        Assert.Equal((400, "Idempotency-Key - HEADER_NOT_TAKEN"), (written.Status, Assert.Single(written.Errors)));
    }

    [Fact]
    public async Task Nobody_makes_up_a_request_id()
    {
        await _rest.SendAsync("POST", "/v1/wide", "{}");

        Assert.Equal("", _received?.RequestId);
    }

    [Fact]
    public async Task If_match_is_the_etag_as_it_is()
    {
        await _rest.SendAsync("PUT", "/v1/wide/x", "{}", headers: ("If-Match", "\"r7\""));

        Assert.Equal("\"r7\"", _received?.Etag);
    }

    [Fact]
    public async Task An_answer_with_an_etag_has_it_as_its_header_and_is_not_sent_twice()
    {
        var first = await _rest.GetAsync("/v1/wide?etag=%22r7%22&text=x");
        var known = await _rest.GetAsync("/v1/wide?etag=%22r7%22", ("If-None-Match", "\"r6\", W/\"r7\""));
        var changed = await _rest.GetAsync("/v1/wide?etag=%22r7%22", ("If-None-Match", "\"r6\""));
        var any = await _rest.GetAsync("/v1/wide?etag=%22r7%22", ("If-None-Match", "*"));
        var written = await _rest.SendAsync("POST", "/v1/wide", """{"etag":"\"r7\""}""", headers: ("If-None-Match", "\"r7\""));

        Assert.Equal((200, "\"r7\"", "private, no-cache"), (first.Status, first.Header("ETag"), first.Header("Cache-Control")));
        Assert.Equal((304, 0, "\"r7\""), (known.Status, known.Bytes.Length, known.Header("ETag")));
        Assert.Equal((200, 304, 200), (changed.Status, any.Status, written.Status));
    }

    [Theory]
    [InlineData("W/%22r7%22")]
    [InlineData("r7")]
    [InlineData("")]
    public async Task What_is_no_strong_etag_is_no_header(string etag) =>
        Assert.Null((await _rest.GetAsync($"/v1/wide?etag={etag}")).Header("ETag"));

    [Fact]
    public async Task For_which_organisation_a_service_answered_stays_and_nothing_else_of_its_headers()
    {
        _probe.OnWiden = async (request, context) =>
        {
            await context.WriteResponseHeadersAsync(new() { { "organization", "o-1" }, { "x-other", "x" } });
            return request;
        };

        var answer = await _rest.GetAsync("/v1/wide");

        Assert.Equal(("o-1", null, null), (answer.Header("organization"), answer.Header("x-other"), answer.Header("grpc-status")));
    }
}
