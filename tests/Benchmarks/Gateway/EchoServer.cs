using Delegation.Contracts.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Delegation.Benchmarks.Gateway;

/// <summary>
/// A service of the contract that answers from memory, with the defaults of every service of the platform: what is measured in front of it
/// is not blurred by a database.
/// </summary>
internal static class EchoServer
{
    public const string Command = "serve-echo";

    public static async Task RunAsync(string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(settings);
        builder.AddServiceDefaults();
        await using var app = builder.Build();
        app.MapGrpcService<OrganizationsInMemory>();
        await app.RunAsync();
    }

    private sealed class OrganizationsInMemory : Organizations.OrganizationsBase
    {
        public override Task<Organization> GetOrganization(GetOrganizationRequest request, ServerCallContext context) =>
            Task.FromResult(new Organization
            {
                Id = request.OrganizationId,
                Kind = Organization.Types.Kind.Mutual,
                LegalName = "Mutuelle des essais de débit",
                Siren = "552100554",
            });
    }
}
