using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;

namespace Delegation.Contracts.Commitments;

/// <summary>The rpcs of <c>delegation.contracts.v1.Commitments</c>. What each means is in the contract.</summary>
internal sealed class CommitmentsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : V1.Commitments.CommitmentsBase
{
    public override async Task<ListCommitmentOffersResponse> ListCommitmentOffers(ListCommitmentOffersRequest request, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return new() { Offers = { await session.ReadOffersAsync(context.CancellationToken) } };
    }

    public override async Task<CommitmentVersion> GetCommitmentVersion(GetCommitmentVersionRequest request, ServerCallContext context) =>
        (await sessions.ReadSharedAsync(
            context, request.DelegationId, "commitment_version_id", request.CommitmentVersionId,
            (session, delegation, id) => session.FindVersionAsync(CommitmentKinds.Commitment, delegation, id, context.CancellationToken), JointRefusals.NotFound(CommitmentKinds.Commitment))).ToCommitment();

    public override async Task<ListCommitmentVersionsResponse> ListCommitmentVersions(ListCommitmentVersionsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var commitmentId = IdField.ReadOptional("commitment_id", request.CommitmentId, violations);
        var page = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(delegationId!.Value, context.CancellationToken)).ValueOrStatus();
        var versions = await session.ListVersionsAsync(CommitmentKinds.Commitment, delegation, commitmentId, page, context.CancellationToken);
        return new() { CommitmentVersions = { versions.Items.Select(version => version.ToCommitment()) }, NextPageToken = versions.NextPageToken };
    }

    public override async Task<ListCommitmentsResponse> ListCommitments(ListCommitmentsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var day = DayField.ReadOptional("day", request.Day, violations) ?? ParisDays.DayAt(clock.GetUtcNow());
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(delegationId!.Value, context.CancellationToken)).ValueOrStatus();
        var holding = await session.ListHoldingAsync(CommitmentKinds.Commitment, delegation, day, day, context.CancellationToken);
        var answered = holding.Select(version => version.ToCommitment()).OrderBy(version => version.Terms.IndicatorCode, StringComparer.Ordinal);
        return new() { Day = DayField.Write(day), CommitmentVersions = { answered } };
    }

    public override async Task<ListCommitmentPartsResponse> ListCommitmentParts(ListCommitmentPartsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var commitmentId = IdField.Read("commitment_id", request.CommitmentId, violations);
        var period = DayRange.Read(request.StartDay, request.EndDay, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(delegationId!.Value, context.CancellationToken)).ValueOrStatus();
        var parts = (await session.SplitAsync(delegation, commitmentId!.Value, period!, context.CancellationToken)).ValueOrStatus();
        return new() { Parts = { parts.Select(part => part.ToMessage()) } };
    }

    public override Task<CommitmentVersion> CreateCommitmentVersion(CreateCommitmentVersionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => CommitmentCommands.ProposeAsync(session, request, clock, cancellationToken));

    public override Task<CommitmentVersion> UpdateCommitmentVersion(UpdateCommitmentVersionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => CommitmentCommands.ChangeAsync(session, request, clock, cancellationToken));

    public override Task<CommitmentVersion> ValidateCommitmentVersion(ValidateCommitmentVersionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => CommitmentCommands.ValidateAsync(session, request, clock, cancellationToken));

    public override Task<CommitmentVersion> WithdrawCommitmentVersion(WithdrawCommitmentVersionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => CommitmentCommands.WithdrawAsync(session, request, clock, cancellationToken));
}
