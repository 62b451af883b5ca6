using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;

namespace Delegation.Contracts.Finance;

/// <summary>The rpcs of <c>delegation.contracts.v1.Funds</c>. What each means is in the contract.</summary>
internal sealed class FundsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : Funds.FundsBase
{
    public override async Task<ListFundMovementsResponse> ListFundMovements(ListFundMovementsRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var movements = await session.ListMovementsAsync(delegation, asked.Page, context.CancellationToken);
        return new() { FundMovements = { movements.Items.Select(movement => movement.ToMessage()) }, NextPageToken = movements.NextPageToken };
    }

    public override async Task<FundPosition> GetFundPosition(GetFundPositionRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var day = DayField.ReadOptional("day", request.Day, violations) ?? ParisDays.DayAt(clock.GetUtcNow());
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(delegationId!.Value, context.CancellationToken)).ValueOrStatus();
        return (await FundPositions.FindAsync(session, delegation, day, context.CancellationToken)).ValueOrStatus();
    }

    public override Task<FundMovement> CallFunds(CallFundsRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => FundCommands.CallAsync(session, request, clock, cancellationToken));

    public override Task<FundMovement> AnswerFundsCall(AnswerFundsCallRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => FundCommands.AnswerAsync(session, request, clock, cancellationToken));

    public override Task<FundMovement> ReportFundUse(ReportFundUseRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => FundCommands.ReportAsync(session, request, clock, cancellationToken));
}
