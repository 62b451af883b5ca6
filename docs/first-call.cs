#:package Grpc.Net.ClientFactory
#:project ../src/Protocol/Protocol.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false

// A whole client of the platform: gets a token, registers an organisation through the gateway and reads it back.
//     DEMO_SECRET=… dotnet run docs/first-call.cs -- "La Poste" 356000000
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Delegation.Contracts.V1;
using Grpc.Core;
using Grpc.Net.Client;

if (args is not [var name, var siren] || Environment.GetEnvironmentVariable("DEMO_SECRET") is not { } secret)
{
    Console.Error.WriteLine("""Usage: DEMO_SECRET=… dotnet run docs/first-call.cs -- "legal name" SIREN""");
    return 2;
}

using var issuer = new HttpClient { BaseAddress = new Uri(Environment.GetEnvironmentVariable("IDENTITY") ?? "http://localhost:8082") };
using var answer = await issuer.PostAsync("/token", new FormUrlEncodedContent([
    new("grant_type", "client_credentials"), new("client_id", "demo"), new("client_secret", secret)]));
var token = (string?)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["access_token"];

using var channel = GrpcChannel.ForAddress(Environment.GetEnvironmentVariable("GATEWAY") ?? "http://localhost:8081");
var organizations = new Organizations.OrganizationsClient(channel);
try
{
    var caller = new Metadata { { "authorization", $"Bearer {token}" } };
    var request = new RegisterOrganizationRequest { Kind = Organization.Types.Kind.Mutual, LegalName = name, Siren = siren };
    var registered = await organizations.RegisterOrganizationAsync(request, caller, DateTime.UtcNow.AddSeconds(10));

    // Whoever belongs to several organisations says for which one they act.
    caller.Add("organization", registered.Id);
    var read = await organizations.GetOrganizationAsync(new() { OrganizationId = registered.Id }, caller, DateTime.UtcNow.AddSeconds(10));

    Console.WriteLine($"registered  {registered}");
    Console.WriteLine($"read back   {read}");
    return 0;
}
catch (RpcException refused)
{
    // The trailer grpc-status-details-bin holds the same as data: field, reason, remedy (google.rpc.BadRequest).
    Console.Error.WriteLine($"{refused.StatusCode}: {refused.Status.Detail}");
    return 1;
}
