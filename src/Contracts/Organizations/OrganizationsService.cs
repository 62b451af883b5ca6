using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.Members;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Contracts.Organizations;

/// <summary>The rpcs of <c>delegation.contracts.v1.Organizations</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class OrganizationsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : V1.Organizations.OrganizationsBase
{
    public override Task<Organization> RegisterOrganization(RegisterOrganizationRequest request, ServerCallContext context) =>
        commands.RunAsync<RegisterOrganizationRequest, Organization>(
            request, context,
            (session, cancellationToken) => RegisterAsync(session, request, context.Person(), cancellationToken));

    public override async Task<Organization> GetOrganization(GetOrganizationRequest request, ServerCallContext context)
    {
        var id = OrganizationId.Parse(request.OrganizationId).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var organization = await session.FindOrganizationAsync(id, context.CancellationToken);

        return organization.ValueOrStatus().ToMessage();
    }

    public override Task<Organization> UpdateOrganization(UpdateOrganizationRequest request, ServerCallContext context) =>
        commands.RunAsync<UpdateOrganizationRequest, Organization>(
            request, context, (session, cancellationToken) => UpdateAsync(session, request, cancellationToken));

    private async Task<Outcome<Organization>> UpdateAsync(TenantSession session, UpdateOrganizationRequest request, CancellationToken cancellationToken)
    {
        var id = OrganizationId.Parse(request.OrganizationId).ValueOrStatus();
        var current = (await session.LockOrganizationAsync(id, cancellationToken)).ValueOrStatus();
        return await ProfileUpdate.Decide(current, request).ThenAsync<Organization>(async organization =>
        {
            await session.UpdateOrganizationAsync(organization, cancellationToken);
            await session.AppendAsync(OrganizationJournal.Updated(organization), clock, cancellationToken);
            if (organization.LegalName != current.LegalName)
                await session.RenamePartyAsync(organization.LegalName, clock, cancellationToken);

            return new Outcome<Organization>.Accepted(organization.ToMessage());
        });
    }

    private Task<Outcome<Organization>> RegisterAsync(
        TenantSession session, RegisterOrganizationRequest request, Person founder, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Registration.Decide(request, NewId.At(now), now).ThenAsync<Organization>(async organization =>
        {
            var administrator = MemberRow.Joining(organization.Id, founder, [Role.Administrator.Code()], now);
            await session.InsertOrganizationAsync(organization, cancellationToken);
            await session.InsertMemberAsync(administrator, cancellationToken);
            await session.AppendAsync(OrganizationJournal.Registered(organization), clock, cancellationToken);
            await session.AppendAsync(MemberJournal.Granted(administrator, OrganizationKinds.SideOf(organization.Kind)), clock, cancellationToken);
            return new Outcome<Organization>.Accepted(organization.ToMessage());
        });
    }
}
