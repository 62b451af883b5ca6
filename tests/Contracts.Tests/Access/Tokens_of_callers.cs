using System.Security.Cryptography;
using System.Text;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Delegation.TestKit.Tokens;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.IdentityModel.Tokens;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests.Access;

/// <summary>Which tokens a service believes. Registering an organisation asks for nothing but a good one.</summary>
public sealed class Tokens_of_callers(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_good_token_is_accepted() => await RegisterAsync(host.WithToken(host.Issuer.Token("somebody")));

    [PostgresTheory]
    [InlineData(SecurityAlgorithms.RsaSha256)]
    [InlineData(SecurityAlgorithms.RsaSsaPssSha256)]
    public async Task The_named_algorithms_are_accepted(string algorithm) =>
        await RegisterAsync(host.WithToken(host.Issuer.Token("somebody", credentials: new SigningCredentials(host.Issuer.Key, algorithm))));

    [PostgresFact]
    public async Task A_call_without_a_token_says_that_it_is_missing()
    {
        var refusal = await RefusedAsync(new V1.Organizations.OrganizationsClient(host.Channel));

        Assert.Equal((StatusCode.Unauthenticated, "TOKEN_MISSING"), (refusal.StatusCode, refusal.Reason()));
    }

    [PostgresFact]
    public async Task An_expired_token_says_so()
    {
        await Refused("TOKEN_EXPIRED", host.Issuer.Token("somebody", expires: DateTime.UtcNow.AddMinutes(-1)));
    }

    [PostgresFact]
    public async Task A_token_signed_with_another_key_is_refused()
    {
        var forged = new RsaSecurityKey(TestIssuer.NewKey().Parameters) { KeyId = host.Issuer.Key.KeyId };

        await Refused("TOKEN_INVALID", host.Issuer.Token("somebody", credentials: new SigningCredentials(forged, SecurityAlgorithms.RsaSha256)));
    }

    [PostgresFact]
    public async Task A_token_that_was_changed_is_refused()
    {
        var parts = host.Issuer.Token("somebody").Split('.');
        var claims = Base64UrlEncoder.Decode(parts[1]).Replace("somebody", "someone-else", StringComparison.Ordinal);

        await Refused("TOKEN_INVALID", $"{parts[0]}.{Base64UrlEncoder.Encode(claims)}.{parts[2]}");
    }

    [PostgresFact]
    public async Task A_token_for_another_audience_is_refused() =>
        await Refused("TOKEN_INVALID", host.Issuer.Token("somebody", audience: "another-platform"));

    [PostgresFact]
    public async Task A_token_of_another_issuer_is_refused()
    {
        await using var other = await TestIssuer.StartAsync();

        await Refused("TOKEN_INVALID", other.Token("somebody"));
        await Refused("TOKEN_INVALID", host.Issuer.Token("somebody", issuer: other.Authority));
        await Refused("TOKEN_INVALID", host.Issuer.Token("somebody", issuer: host.Issuer.Authority + "/"));
    }

    [PostgresTheory]
    [InlineData("none")]
    [InlineData("None")]
    public async Task An_unsigned_token_is_refused(string algorithm)
    {
        var claims = host.Issuer.Token("somebody").Split('.')[1];
        var header = Base64UrlEncoder.Encode($$"""{"alg":"{{algorithm}}","typ":"at+jwt"}""");

        await Refused("TOKEN_INVALID", $"{header}.{claims}.");
    }

    /// <summary>https://www.rfc-editor.org/rfc/rfc8725#section-2.1</summary>
    [PostgresFact]
    public async Task A_token_that_takes_the_public_key_for_a_shared_secret_is_refused()
    {
        using var rsa = RSA.Create(host.Issuer.Key.Parameters);
        foreach (var secret in new[] { rsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()) })
        {
            var shared = new SymmetricSecurityKey(secret) { KeyId = host.Issuer.Key.KeyId };
            await Refused("TOKEN_INVALID", host.Issuer.Token("somebody", credentials: new SigningCredentials(shared, SecurityAlgorithms.HmacSha256)));
        }
    }

    [PostgresTheory]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("")]
    public async Task What_is_no_token_is_refused(string token)
    {
        var refusal = await RefusedAsync(new V1.Organizations.OrganizationsClient(host.WithToken(token)));

        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    [PostgresFact]
    public async Task A_token_without_a_subject_is_refused() => await Refused("TOKEN_INVALID", host.Issuer.Token(""));

    [PostgresFact]
    public async Task A_key_that_the_issuer_took_into_use_is_known_in_the_call_that_brings_it()
    {
        var other = new ContractsHost();
        await using var ended = new Ended(other);
        await other.InitializeAsync();
        await RegisterAsync(other.WithToken(other.Issuer.Token("somebody")));

        other.Issuer.ChangeKey();

        await RegisterAsync(other.WithToken(other.Issuer.Token("somebody")));
    }

    [PostgresFact]
    public async Task An_issuer_that_is_away_is_an_outage_and_not_the_callers_mistake()
    {
        var other = new ContractsHost();
        await using var ended = new Ended(other);
        await other.InitializeAsync();
        var token = other.Issuer.Token("somebody");
        await other.Issuer.DisposeAsync();

        var refusal = await RefusedAsync(new V1.Organizations.OrganizationsClient(other.WithToken(token)));

        Assert.Equal((StatusCode.Unavailable, "ISSUER_UNAVAILABLE"), (refusal.StatusCode, refusal.Reason()));
    }

    [PostgresFact]
    public async Task A_french_caller_reads_in_french_what_is_wrong()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await new V1.Organizations.OrganizationsClient(host.Channel)
            .RegisterOrganizationAsync(new RegisterOrganizationRequest(), new Metadata { { "accept-language", "fr" } }, Deadline));

        Assert.StartsWith("Cet appel demande un jeton d'accès", refusal.Text(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task The_health_of_the_process_needs_no_token()
    {
        var answer = await new Health.HealthClient(host.Channel).CheckAsync(new HealthCheckRequest(), deadline: Deadline);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [PostgresFact]
    public async Task Nothing_of_a_token_is_logged()
    {
        const string Subject = "jeanne.dupont@example.org";
        var token = host.Issuer.Token(Subject, expires: DateTime.UtcNow.AddMinutes(-5));
        await Refused("TOKEN_EXPIRED", token);
        await RegisterAsync(host.As(Subject));

        Assert.DoesNotContain(host.Logs.Entries, entry =>
            entry.ToString().Contains(Subject, StringComparison.Ordinal) || entry.ToString().Contains(token.Split('.')[2], StringComparison.Ordinal));
    }

    // xunit's own interface, as IAsyncDisposable.
    private sealed class Ended(ContractsHost started) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await started.DisposeAsync();
    }

    private static async Task RegisterAsync(CallInvoker caller) => await new V1.Organizations.OrganizationsClient(caller).RegisterOrganizationAsync(
        new RegisterOrganizationRequest { Kind = Kind.Mutual, LegalName = "MGEN", Siren = "775685399" }, deadline: Deadline);

    private static async Task<RpcException> RefusedAsync(V1.Organizations.OrganizationsClient client) =>
        await Refusals.ThrownBy(client.RegisterOrganizationAsync(new RegisterOrganizationRequest(), deadline: Deadline));

    private async Task Refused(string reason, string token)
    {
        var refusal = await RefusedAsync(new V1.Organizations.OrganizationsClient(host.WithToken(token)));

        Assert.Equal((StatusCode.Unauthenticated, reason), (refusal.StatusCode, refusal.Reason()));
    }
}
