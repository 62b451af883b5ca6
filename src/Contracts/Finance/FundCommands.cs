using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using State = Delegation.Contracts.V1.FundMovement.Types.State;

namespace Delegation.Contracts.Finance;

/// <summary>The commands on the advance of funds: the delegate calls and reports, the insurer answers.</summary>
internal static class FundCommands
{
    private const string ObjectType = "fund_movement";

    private static readonly Outcome<FundMovement> CallOpen = new Outcome<FundMovement>.Refused(
        "FUNDS_CALL_OPEN", new("A call waits for the insurer's answer.", "Un appel de fonds attend la réponse de l'assureur."));

    private static readonly Outcome<FundMovement> UseReported = new Outcome<FundMovement>.Conflict(
        "FUND_USE_REPORTED", new("The use of this month is reported already.", "L'utilisation de ce mois est déjà déclarée."));

    private static readonly Outcome<FundMovement> Answered = new Outcome<FundMovement>.Refused(
        "FUND_MOVEMENT_ANSWERED", new("This movement is settled or declined.", "Ce mouvement est réglé ou refusé."));

    private static readonly Outcome<FundMovementRow> NotFound = new Outcome<FundMovementRow>.NotFound(
        "FUND_MOVEMENT_NOT_FOUND", new("The delegation has no movement of funds with this id.", "La délégation n'a pas de mouvement de fonds portant cet identifiant."));

    public static Task<Outcome<FundMovement>> CallAsync(TenantSession session, CallFundsRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var now = clock.GetUtcNow();
        return LockAsync(session, request.DelegationId, FundReading.Call(request, now, violations), violations, async (delegation, movement) =>
        {
            if (await session.ListHoldingAsync(FinancialKinds.Terms, delegation, ParisDays.DayAt(now), ParisDays.DayAt(now), cancellationToken) is var held
                && held.All(version => version.ReadFinancial().Advance is null))
                return FundPositions.NoAdvance<FundMovement>();

            if (await session.HasOpenCallAsync(delegation, cancellationToken))
                return CallOpen;

            await session.InsertMovementAsync(movement, cancellationToken);
            return await ToldAsync(session, movement, delegation, message => new FundsCalled { FundMovement = message }, clock, cancellationToken);
        }, cancellationToken);
    }

    public static Task<Outcome<FundMovement>> ReportAsync(TenantSession session, ReportFundUseRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        return LockAsync(session, request.DelegationId, FundReading.Use(request, clock.GetUtcNow(), violations), violations, async (delegation, movement) =>
        {
            if (await session.HasUseAsync(delegation, movement.DueDay, cancellationToken))
                return UseReported;

            await session.InsertMovementAsync(movement, cancellationToken);
            return await ToldAsync(session, movement, delegation, message => new FundUseReported { FundMovement = message }, clock, cancellationToken);
        }, cancellationToken);
    }

    public static Task<Outcome<FundMovement>> AnswerAsync(TenantSession session, AnswerFundsCallRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("fund_movement_id", request.FundMovementId, violations);
        return LockAsync(session, request.DelegationId, FundReading.Answer(request, clock.GetUtcNow(), violations), violations, async (delegation, answer) =>
        {
            var found = await session.FindMovementAsync(delegation, id!.Value, cancellationToken);
            return await (found is null ? NotFound : new Outcome<FundMovementRow>.Accepted(found)).ThenAsync(async movement =>
            {
                if (Etag.Mismatch<FundMovement>(request.Etag, movement.Id, movement.Revision) is { } stale)
                    return stale;

                if (!movement.IsIn(State.Requested))
                    return Answered;

                var answered = answer(movement);
                await session.SaveMovementAsync(answered, cancellationToken);
                return await ToldAsync(
                    session, answered, delegation, message => request.Settled ? new FundsSettled { FundMovement = message } : new FundsDeclined { FundMovement = message }, clock, cancellationToken);
            });
        }, cancellationToken);
    }

    private static Task<Outcome<FundMovement>> LockAsync(
        TenantSession session,
        string delegationId,
        Func<SharedDelegation, FundMovementRow>? read,
        List<FieldViolation> violations,
        Func<SharedDelegation, FundMovementRow, Task<Outcome<FundMovement>>> command,
        CancellationToken cancellationToken) =>
        LockAsync<Func<SharedDelegation, FundMovementRow>>(
            session, delegationId, read, violations, (delegation, made) => command(delegation, made(delegation)), cancellationToken);

    private static async Task<Outcome<FundMovement>> LockAsync<TRead>(
        TenantSession session,
        string delegationId,
        TRead? read,
        List<FieldViolation> violations,
        Func<SharedDelegation, TRead, Task<Outcome<FundMovement>>> command,
        CancellationToken cancellationToken)
        where TRead : class
    {
        if (IdField.Read("delegation_id", delegationId, violations) is not { } id || read is null || violations.Count > 0)
            return new Outcome<FundMovement>.Invalid(violations);

        return await (await session.LockSharedDelegationAsync(id, cancellationToken)).ThenAsync(async delegation =>
            delegation.Closed<FundMovement>() ?? await command(delegation, read));
    }

    private static async Task<Outcome<FundMovement>> ToldAsync(
        TenantSession session, FundMovementRow movement, SharedDelegation delegation, Func<FundMovement, IMessage> happened, TimeProvider clock, CancellationToken cancellationToken)
    {
        var message = movement.ToMessage();
        await session.AppendAsync(
            new JournalEvent(movement.OwnerId, movement.DelegationId, movement.DelegateId, Visibility.Both, ObjectType, movement.Id, movement.Revision, happened(message)),
            clock,
            cancellationToken);

        var answer = new OpenWork(
            new WorkItemKey("funds.answer", ObjectType, movement.Id, Side.Insurer), movement.OwnerId, movement.DelegationId, movement.DelegateId,
            new($"Answer the call for funds of {delegation.Title}", $"Répondre à l'appel de fonds de {delegation.Title}"))
        {
            Roles = [Role.DelegationManager, Role.Purchasing, Role.Actuary], DueDay = movement.DueDay,
        };
        await session.SetWorkAsync(answer, movement.IsIn(State.Requested), clock, cancellationToken);
        return new Outcome<FundMovement>.Accepted(message);
    }
}
