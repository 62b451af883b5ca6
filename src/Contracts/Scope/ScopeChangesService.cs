using Delegation.Contracts.Commitments;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Contracts.Scope;

/// <summary>The rpcs of <c>delegation.contracts.v1.ScopeChanges</c>. What each means is in the contract.</summary>
internal sealed class ScopeChangesService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : ScopeChanges.ScopeChangesBase
{
    public override async Task<ListIndicatorsResponse> ListIndicators(ListIndicatorsRequest request, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return new() { Indicators = { await session.ReadIndicatorsAsync(context.CancellationToken) } };
    }

    public override async Task<ScopeImpact> GetScopeImpact(GetScopeImpactRequest request, ServerCallContext context)
    {
        var ids = SharedObjectIds.Read(request.DelegationId, "scope_version_id", request.ScopeVersionId).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(ids.Delegation, context.CancellationToken)).ValueOrStatus();
        var version = (await FindAsync(session, delegation, ids.Object, context.CancellationToken)).ValueOrStatus();
        var trade = await session.ReadTradeListAsync(context.CancellationToken);
        var indicators = await session.ReadIndicatorsAsync(context.CancellationToken);
        var holding = await session.ListHoldingAsync(CommitmentKinds.Commitment, delegation, version.EffectiveDay, endDay: null, context.CancellationToken);
        var proposed = await session.ListProposedAsync(CommitmentKinds.Commitment, delegation, context.CancellationToken);
        return ScopeImpacts.Of(version, trade, indicators, [.. holding.Concat(proposed).Select(commitment => commitment.ToCommitment())]);
    }

    public override async Task<ScopeComparison> CompareScopeVersions(CompareScopeVersionsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var formerId = IdField.ReadOptional("former_version_id", request.FormerVersionId, violations);
        var latterId = IdField.ReadOptional("latter_version_id", request.LatterVersionId, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(delegationId!.Value, context.CancellationToken)).ValueOrStatus();
        var former = formerId is { } one ? (await FindAsync(session, delegation, one, context.CancellationToken)).ValueOrStatus() : null;
        var latter = latterId is { } other ? (await FindAsync(session, delegation, other, context.CancellationToken)).ValueOrStatus() : null;
        if (former is null || latter is null)
        {
            var validated = (await ComparedVersions.FindAsync(session, delegation, context.CancellationToken)).ValueOrStatus();
            (former, latter) = (former ?? validated.Former, latter ?? validated.Latter);
        }

        return new ComparedVersions(former, latter).Compare(await session.ReadTradeListAsync(context.CancellationToken));
    }

    public override Task<ScopeAmendment> ProposeScopeAmendment(ProposeScopeAmendmentRequest request, ServerCallContext context) => commands.RunAsync(
        request, context,
        (session, cancellationToken) => ScopeAmendments.ProposeAsync(session, request, clock, cancellationToken));

    private static async Task<Outcome<ScopeVersionRow>> FindAsync(
        TenantSession session, SharedDelegation delegation, Guid versionId, CancellationToken cancellationToken) =>
        await session.FindScopeVersionAsync(delegation, versionId, cancellationToken) is { } version
            ? new Outcome<ScopeVersionRow>.Accepted(version)
            : ScopeRefusals.NotFound;
}
