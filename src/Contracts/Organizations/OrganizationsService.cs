using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Contracts.Organizations;

/// <summary>The rpcs of <c>delegation.contracts.v1.Organizations</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class OrganizationsService(OrganizationStore store, TimeProvider clock) : V1.Organizations.OrganizationsBase
{
    public override async Task<Organization> RegisterOrganization(RegisterOrganizationRequest request, ServerCallContext context)
    {
        var now = clock.GetUtcNow();
        var organization = Registration.Decide(request, Guid.CreateVersion7(now), now).ValueOrStatus();
        await store.InsertAsync(organization, context.CancellationToken);

        return organization.ToMessage();
    }

    public override async Task<Organization> GetOrganization(GetOrganizationRequest request, ServerCallContext context)
    {
        var id = OrganizationId.Parse(request.OrganizationId).ValueOrStatus();
        var organization = await store.FindAsync(id, context.CancellationToken);

        return organization.ValueOrStatus().ToMessage();
    }
}
