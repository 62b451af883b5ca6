using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.Contracts.Reversibility;

/// <summary>The rpcs of <c>delegation.contracts.v1.Exits</c>: read the request, name the decision. What each means is in the contract.</summary>
internal sealed class ExitsService(CommandRunner runner, TenantSessions sessions, ExitCommands commands, TimeProvider clock) : Exits.ExitsBase
{
    public override async Task<Exit> GetExit(GetExitRequest request, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var (delegation, row) = await session.FindExitAsync(request.DelegationId, request.ExitId, context.CancellationToken);
        var (exit, now) = (row.Read(), clock.GetUtcNow());
        await ExitJoining.JoinAsync(session, delegation, exit, now, context.CancellationToken);
        var criteria = ExitCriteria.Of(exit, await session.FindSituationAsync(delegation, exit, now, context.CancellationToken));
        return (row with { Document = JsonFormatter.Default.Format(exit) }).ToMessage(criteria);
    }

    public override async Task<ListExitsResponse> ListExits(ListExitsRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var found = await session.ListExitsAsync(delegation, asked.Page, context.CancellationToken);
        return new() { Exits = { found.Items.Select(row => row.ToMessage()) }, NextPageToken = found.NextPageToken };
    }

    public override Task<Exit> TriggerExit(TriggerExitRequest request, ServerCallContext context) =>
        runner.RunAsync(request, context, (session, cancellation) => commands.TriggerAsync(session, request, cancellation));

    public override Task<Exit> CompleteExitTask(CompleteExitTaskRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        ExitFields.CheckTask(request.TaskCode, violations);
        var note = ExitFields.ReadNote("note", request.Note, violations);
        return ChangeAsync(
            request, request.DelegationId, request.ExitId, request.Etag, violations, context,
            (exit, _, caller, now) => ExitMoves.Complete(exit, request.TaskCode, note, caller, now),
            exit => new ExitTaskDone { Exit = exit, TaskCode = request.TaskCode });
    }

    public override Task<Exit> SettleExitFlow(SettleExitFlowRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var flow = ExitFields.ReadFlow(request.Flow, violations);
        return ChangeAsync(
            request, request.DelegationId, request.ExitId, request.Etag, violations, context,
            (exit, _, _, _) => ExitMoves.Settle(exit, flow!), exit => new ExitFlowSettled { Exit = exit });
    }

    public override Task<Exit> HandOverLot(HandOverLotRequest request, ServerCallContext context) => CountAsync(
        request, request.DelegationId, request.ExitId, request.Etag, request.Kind, request.Totals, context, LotMoves.HandOver, exit => new ExitLotHandedOver { Exit = exit });

    public override Task<Exit> ReceiveLot(ReceiveLotRequest request, ServerCallContext context) => CountAsync(
        request, request.DelegationId, request.ExitId, request.Etag, request.Kind, request.Totals, context, LotMoves.Receive, exit => new ExitLotReceived { Exit = exit });

    public override Task<Exit> AcceptLot(AcceptLotRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var kind = ExitFields.ReadLot(request.Kind, violations);
        var reservations = ExitFields.ReadNote("reservations", request.Reservations, violations);
        return ChangeAsync(
            request, request.DelegationId, request.ExitId, request.Etag, violations, context,
            (exit, _, caller, now) => Lot(exit, kind) is { } lot ? LotMoves.Accept(exit, lot, reservations, caller, now) : NotPlanned,
            exit => new ExitLotAccepted { Exit = exit });
    }

    public override Task<Exit> PassExitPhase(PassExitPhaseRequest request, ServerCallContext context) => ChangeAsync(
        request, request.DelegationId, request.ExitId, request.Etag, [], context,
        (exit, situation, caller, now) => ExitMoves.Pass(exit, ExitCriteria.Of(exit, situation), caller.Side, now),
        exit => exit.PassedBy.Count > 0 ? new ExitPhaseAgreed { Exit = exit } : new ExitPhasePassed { Exit = exit });

    public override Task<Exit> CallOffExit(CallOffExitRequest request, ServerCallContext context) => ChangeAsync(
        request, request.DelegationId, request.ExitId, request.Etag, [], context,
        (exit, _, caller, now) => ExitMoves.CallOff(exit, caller.Side, now),
        exit => exit.State == ExitState.CalledOff ? new ExitCalledOff { Exit = exit } : new ExitCallOffAsked { Exit = exit });

    private static Outcome<Exit> NotPlanned => new Outcome<Exit>.Invalid(Rehearsals.NotPlanned("kind"));

    private static ExitLot? Lot(Exit exit, ExitDataKind kind) => exit.Lots.FirstOrDefault(lot => lot.Kind == kind);

    private Task<Exit> CountAsync<TRequest>(
        TRequest request, string delegationId, string exitId, string etag, ExitDataKind asked, LotTotals? counted, ServerCallContext context,
        Func<Exit, ExitLot, LotTotals, DateTimeOffset, Outcome<Exit>> move, Func<Exit, IMessage> happened)
        where TRequest : class, IMessage<TRequest>
    {
        var violations = new List<FieldViolation>();
        var kind = ExitFields.ReadLot(asked, violations);
        var totals = LotComparing.Read("totals", counted, violations);
        return ChangeAsync(
            request, delegationId, exitId, etag, violations, context,
            (exit, _, _, now) => Lot(exit, kind) is { } lot ? move(exit, lot, totals!, now) : NotPlanned, happened);
    }

    private Task<Exit> ChangeAsync<TRequest>(
        TRequest request, string delegationId, string exitId, string etag, List<FieldViolation> violations, ServerCallContext context,
        ExitCommands.Move move, Func<Exit, IMessage> happened)
        where TRequest : class, IMessage<TRequest>
    {
        IdField.Read("delegation_id", delegationId, violations);
        IdField.Read("exit_id", exitId, violations);
        violations.RefuseIfAny();
        return runner.RunAsync(
            request, context,
            (session, cancellation) => commands.ChangeAsync(session, delegationId, exitId, etag, move, happened, cancellation));
    }
}
