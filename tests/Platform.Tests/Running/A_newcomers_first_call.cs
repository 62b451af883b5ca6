using System.Net;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Delegation.Contracts.V1;
using Grpc.Core;

namespace Delegation.Platform.Tests.Running;

/// <summary>One real call: gateway, service, PostgreSQL and back.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class A_newcomers_first_call(RunningPlatform platform)
{
    // Real public bodies and companies, as the Sirene register has them.
    [PlatformFact]
    public async Task Registers_an_organisation_and_reads_it_back()
    {
        using var channel = platform.OpenChannel();
        var organizations = new Organizations.OrganizationsClient(channel);

        foreach (var (name, siren) in new[] { ("La Poste", "356 000 000"), ("Caisse nationale de l'assurance maladie", "180035024"), ("EDF", "552 081 317") })
        {
            var registered = await organizations.RegisterOrganizationAsync(
                new RegisterOrganizationRequest { Kind = Organization.Types.Kind.Mutual, LegalName = name, Siren = siren }, await platform.CallAsync(), Deadline());
            var read = await organizations.GetOrganizationAsync(
                new GetOrganizationRequest { OrganizationId = registered.Id }, await platform.CallAsync(registered.Id), Deadline());

            Assert.Equal(registered, read);
            Assert.Equal(name, read.LegalName);
            Assert.Equal(siren.Replace(" ", "", StringComparison.Ordinal), read.Siren);
        }
    }

    [PlatformFact]
    public async Task A_wrong_siren_is_refused_through_the_gateway_in_the_callers_language()
    {
        using var channel = platform.OpenChannel();
        var organizations = new Organizations.OrganizationsClient(channel);
        var request = new RegisterOrganizationRequest { Kind = Organization.Types.Kind.Delegate, LegalName = "Test", Siren = "356000001" };

        var call = await platform.CallAsync();
        call.Add("accept-language", "fr");

        var french = await Assert.ThrowsAsync<RpcException>(async () => await organizations.RegisterOrganizationAsync(request, call, Deadline()));

        Assert.Equal(StatusCode.InvalidArgument, french.StatusCode);
        var details = Google.Rpc.Status.Parser.ParseFrom(french.Trailers.GetValueBytes("grpc-status-details-bin"));
        var violation = Assert.Single(details.Details.Single(detail => detail.Is(Google.Rpc.BadRequest.Descriptor)).Unpack<Google.Rpc.BadRequest>().FieldViolations);
        Assert.Equal(("siren", "SIREN_WRONG_CHECK_DIGIT"), (violation.Field, violation.Reason));
        Assert.Contains("chiffre", violation.LocalizedMessage.Message, StringComparison.Ordinal);
    }

    [PlatformFact]
    public async Task Without_a_token_the_gateway_refuses_and_a_service_behind_it_too()
    {
        foreach (var door in new[] { "gateway", "contracts" })
        {
            using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(platform.Application.GetEndpoint(door, "grpc"));

            var refused = await Assert.ThrowsAsync<RpcException>(async () =>
                await new Organizations.OrganizationsClient(channel).RegisterOrganizationAsync(new RegisterOrganizationRequest(), deadline: Deadline()));

            Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
            var details = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
            Assert.Equal("TOKEN_MISSING", details.Details.Single(detail => detail.Is(Google.Rpc.ErrorInfo.Descriptor)).Unpack<Google.Rpc.ErrorInfo>().Reason);
        }
    }

    [PlatformFact]
    public async Task Every_service_says_it_is_healthy()
    {
        foreach (var service in new[] { "contracts", "delivery", "reporting", "watch", "identity", "gateway" })
        {
            using var client = platform.Application.CreateHttpClient(service, "http");
            using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative));

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal("Healthy", document.RootElement.GetProperty("status").GetString());
        }
    }

    private static DateTime Deadline() => DateTime.UtcNow.AddSeconds(20);
}
