using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Delegation.Identity.Tests.Tokens;

/// <summary>The error answers of RFC 6749 section 5.2.</summary>
public sealed class RefusedTokenRequestTests : IDisposable
{
    private const string Right = $"{IssuerHost.Service}:{IssuerHost.ServiceSecret}";

    private readonly IssuerHost _issuer = new();

    public void Dispose() => _issuer.Dispose();

    [Theory]
    [InlineData(Right, "", 400, "invalid_request")]
    [InlineData(Right, "grant_type=", 400, "invalid_request")]
    [InlineData(Right, "grant_type=password&username=a&password=b", 400, "unsupported_grant_type")]
    [InlineData(Right, "grant_type=Client_Credentials", 400, "unsupported_grant_type")]
    [InlineData(Right, "grant_type=client_credentials&scope=everything", 400, "invalid_scope")]
    [InlineData(Right, "grant_type=client_credentials&grant_type=client_credentials", 400, "invalid_request")]
    [InlineData(Right, "grant_type=client_credentials&client_secret=" + IssuerHost.ServiceSecret, 400, "invalid_request")]
    [InlineData(Right, "grant_type=client_credentials&client_id=claire", 400, "invalid_request")]
    [InlineData(null, "grant_type=client_credentials", 401, "invalid_client")]
    [InlineData(null, "grant_type=client_credentials&client_id=reporting", 401, "invalid_client")]
    [InlineData(null, "grant_type=client_credentials&client_id=reporting&client_secret=wrong", 401, "invalid_client")]
    [InlineData("reporting:wrong", "grant_type=client_credentials", 401, "invalid_client")]
    [InlineData("REPORTING:" + IssuerHost.ServiceSecret, "grant_type=client_credentials", 401, "invalid_client")]
    [InlineData("reporting", "grant_type=client_credentials", 401, "invalid_client")]
    [InlineData(":", "grant_type=client_credentials", 401, "invalid_client")]
    [InlineData("nobody:" + IssuerHost.ServiceSecret, "grant_type=client_credentials", 401, "invalid_client")]
    public async Task Each_wrong_request_has_its_error(string? basic, string form, int status, string error)
    {
        using var response = await PostAsync(basic is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)), form);

        Assert.Equal(status, (int)response.StatusCode);
        var answer = await IssuerHost.JsonAsync(response);
        Assert.Equal(error, answer.GetProperty("error").GetString());
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal(status == 401, response.Headers.WwwAuthenticate.Any(challenge => challenge.Scheme == "Basic"));
    }

    [Theory]
    [InlineData("Bearer abc")]
    [InlineData("Basic !!!")]
    [InlineData("Basic")]
    public async Task An_unreadable_authorization_header_is_a_failed_authentication(string authorization)
    {
        using var response = await PostAsync(authorization, "grant_type=client_credentials");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task An_unknown_client_and_a_wrong_secret_get_the_same_answer()
    {
        using var unknown = await _issuer.RequestTokenAsync("nobody:some secret", ("grant_type", "client_credentials"));
        using var wrong = await _issuer.RequestTokenAsync("reporting:some secret", ("grant_type", "client_credentials"));

        Assert.Equal(await unknown.Content.ReadAsStringAsync(), await wrong.Content.ReadAsStringAsync());
        Assert.Equal(unknown.StatusCode, wrong.StatusCode);
    }

    [Fact]
    public async Task A_json_body_is_not_a_token_request()
    {
        using var content = new StringContent("""{"grant_type":"client_credentials"}""", new MediaTypeHeaderValue("application/json"));
        using var response = await _issuer.CreateClient().PostAsync("/token", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_request", (await IssuerHost.JsonAsync(response)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_body_far_larger_than_any_token_request_is_refused()
    {
        using var response = await PostAsync(null, "grant_type=" + new string('x', 1_000_000));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_token_endpoint_answers_post_only()
    {
        using var response = await _issuer.CreateClient().GetAsync("/token?grant_type=client_credentials");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string? authorization, string form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/token")
        {
            Content = new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded")),
        };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);

        return await _issuer.CreateClient().SendAsync(request);
    }
}
