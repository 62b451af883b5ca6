using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Contracts.Reversibility;

/// <summary>The rpcs of <c>delegation.contracts.v1.ReversibilityPlans</c>. What each means is in the contract.</summary>
internal sealed class ReversibilityPlansService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : ReversibilityPlans.ReversibilityPlansBase
{
    public override async Task<ListReversibilityPlansResponse> ListReversibilityPlans(ListReversibilityPlansRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var found = await session.ListVersionsAsync(PlanKinds.Plan, delegation, subjectId: null, asked.Page, context.CancellationToken);
        return new() { ReversibilityPlans = { found.Items.Select(version => version.ToPlan()) }, NextPageToken = found.NextPageToken };
    }

    public override async Task<ListRehearsalsResponse> ListRehearsals(ListRehearsalsRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var (rehearsals, next) = await session.ListRehearsalsAsync(delegation, asked.Page, context.CancellationToken);
        return new() { Rehearsals = { rehearsals }, NextPageToken = next };
    }

    public override Task<ReversibilityPlan> ProposeReversibilityPlan(ProposeReversibilityPlanRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => PlanCommands.ProposeAsync(session, request, clock, cancellation));

    public override Task<ReversibilityPlan> ValidateReversibilityPlan(ValidateReversibilityPlanRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => PlanCommands.ValidateAsync(session, request, clock, cancellation));

    public override Task<ReversibilityPlan> WithdrawReversibilityPlan(WithdrawReversibilityPlanRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => PlanCommands.WithdrawAsync(session, request, clock, cancellation));

    public override Task<Rehearsal> RecordRehearsal(RecordRehearsalRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => Rehearsals.RecordAsync(session, request, clock, cancellation));
}
