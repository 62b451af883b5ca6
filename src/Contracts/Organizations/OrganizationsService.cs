using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Contracts.Organizations;

/// <summary>The rpcs of <c>delegation.contracts.v1.Organizations</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class OrganizationsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : V1.Organizations.OrganizationsBase
{
    // Nobody proves yet who they are, so all callers are one.
    private static readonly Caller Anybody = Caller.WithoutOrganization(Guid.Empty);

    public override Task<Organization> RegisterOrganization(RegisterOrganizationRequest request, ServerCallContext context) =>
        commands.RunAsync<RegisterOrganizationRequest, Organization>(
            Anybody, request, context.Method, (session, cancellationToken) => RegisterAsync(session, request, cancellationToken), context.CancellationToken);

    public override async Task<Organization> GetOrganization(GetOrganizationRequest request, ServerCallContext context)
    {
        var id = OrganizationId.Parse(request.OrganizationId).ValueOrStatus();
        await using var session = await sessions.OpenAsync(Anybody with { OrganizationId = id }, context.CancellationToken);
        var organization = await session.FindOrganizationAsync(id, context.CancellationToken);

        return organization.ValueOrStatus().ToMessage();
    }

    private Task<Outcome<Organization>> RegisterAsync(TenantSession session, RegisterOrganizationRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Registration.Decide(request, Guid.CreateVersion7(now), now).ThenAsync<Organization>(async organization =>
        {
            await session.InsertOrganizationAsync(organization, cancellationToken);
            return new Outcome<Organization>.Accepted(organization.ToMessage());
        });
    }
}
