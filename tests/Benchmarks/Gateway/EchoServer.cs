using Delegation.Contracts.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Delegation.Benchmarks.Gateway;

/// <summary>
/// A service of the contract that answers from memory, with the defaults of every service of the platform: what is measured in front of it
/// is not blurred by a database.
/// </summary>
internal static class EchoServer
{
    public const string Command = "serve-echo";

    /// <summary>Everybody's organisation.</summary>
    public const string OrganizationId = "019a9f2e-7c1b-7d3a-8f55-2b1c9e0d4a61";

    public static async Task RunAsync(string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(settings);
        builder.AddServiceDefaults();
        builder.Services.AddSingleton<JournalInMemory>();
        await using var app = builder.Build();
        app.MapGrpcService<OrganizationsInMemory>();
        app.MapGrpcService<MembersInMemory>();
        app.MapGrpcService<JournalInMemoryService>();
        await app.RunAsync();
    }

    private sealed class OrganizationsInMemory(JournalInMemory journal) : Organizations.OrganizationsBase
    {
        public override Task<Organization> GetOrganization(GetOrganizationRequest request, ServerCallContext context) =>
            Task.FromResult(new Organization
            {
                Id = request.OrganizationId,
                Kind = Organization.Types.Kind.Mutual,
                LegalName = "Mutuelle des essais de débit",
                Siren = "552100554",
            });

        public override Task<Organization> UpdateOrganization(UpdateOrganizationRequest request, ServerCallContext context)
        {
            journal.Append(OrganizationId, new OrganizationUpdated { Organization = new Organization { Id = OrganizationId } });
            return Task.FromResult(new Organization());
        }
    }

    private sealed class MembersInMemory : Members.MembersBase
    {
        public override Task<ListMembersResponse> ListMembers(ListMembersRequest request, ServerCallContext context)
        {
            context.GetHttpContext().Response.Headers["organization"] = OrganizationId;
            return Task.FromResult(new ListMembersResponse());
        }
    }
}
