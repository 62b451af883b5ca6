#:package Grpc.Net.ClientFactory
#:project ../src/Protocol/Protocol.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false

// A whole client of the platform: registers an organisation through the gateway and reads it back.
//     dotnet run docs/first-call.cs -- "La Poste" 356000000
using Delegation.Contracts.V1;
using Grpc.Core;
using Grpc.Net.Client;

if (args is not [var name, var siren])
{
    Console.Error.WriteLine("""Usage: dotnet run docs/first-call.cs -- "legal name" SIREN""");
    return 2;
}

using var channel = GrpcChannel.ForAddress(Environment.GetEnvironmentVariable("GATEWAY") ?? "http://localhost:8081");
var organizations = new Organizations.OrganizationsClient(channel);
try
{
    var request = new RegisterOrganizationRequest { Kind = Organization.Types.Kind.Mutual, LegalName = name, Siren = siren };
    var registered = await organizations.RegisterOrganizationAsync(request, deadline: DateTime.UtcNow.AddSeconds(10));
    var read = await organizations.GetOrganizationAsync(new() { OrganizationId = registered.Id }, deadline: DateTime.UtcNow.AddSeconds(10));

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
