using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Contracts.Commitments;

/// <summary>The rpcs of <c>delegation.contracts.v1.Neutralisations</c>. What each means is in the contract.</summary>
internal sealed class NeutralisationsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : Neutralisations.NeutralisationsBase
{
    public override async Task<ListNeutralisationsResponse> ListNeutralisations(ListNeutralisationsRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var found = await session.ListVersionsAsync(CommitmentKinds.Neutralisation, delegation, subjectId: null, asked.Page, context.CancellationToken);
        return new() { Neutralisations = { found.Items.Select(version => version.ToNeutralisation()) }, NextPageToken = found.NextPageToken };
    }

    public override Task<Neutralisation> ProposeNeutralisation(ProposeNeutralisationRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => NeutralisationCommands.ProposeAsync(session, request, clock, cancellationToken));

    public override Task<Neutralisation> ValidateNeutralisation(ValidateNeutralisationRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => NeutralisationCommands.ValidateAsync(session, request, clock, cancellationToken));

    public override Task<Neutralisation> WithdrawNeutralisation(WithdrawNeutralisationRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => NeutralisationCommands.WithdrawAsync(session, request, clock, cancellationToken));
}
