using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;

namespace Delegation.Contracts.Reversibility;

/// <summary>The commands on exits: each locks the delegation and the exit, joins it to title and plan, decides, and saves with its entry and its work.</summary>
internal sealed class ExitCommands(TimeProvider clock)
{
    /// <summary>What a command makes of an exit that goes on; the message is its own to change.</summary>
    public delegate Outcome<Exit> Move(Exit exit, ExitSituation situation, Caller caller, DateTimeOffset now);

    public async Task<Outcome<Exit>> TriggerAsync(TenantSession session, TriggerExitRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var comment = ExitFields.ReadComment(request, violations);
        if (violations.Count > 0)
            return new Outcome<Exit>.Invalid(violations);

        var triggered = await (await session.LockSharedDelegationAsync(delegationId!.Value, cancellationToken)).ThenAsync(async delegation =>
        {
            if (await session.FindCurrentExitAsync(delegation, cancellationToken) is not null)
                return ExitRefusals.Open;
            if (delegation.Closed<ExitRow>() is { } closed)
                return closed;

            var now = clock.GetUtcNow();
            var id = NewId.At(now);
            var exit = Triggering.Trigger(id, delegation.Id, request.Ground, comment, session.Caller, now);
            if (!await ExitJoining.JoinAsync(session, delegation, exit, now, cancellationToken))
                return ExitRefusals.NoTitle;

            var row = new ExitRow(delegation.InsurerId, delegation.Id, delegation.DelegateId, id, JsonFormatter.Default.Format(exit), Revision: 1);
            await session.InsertExitAsync(row, cancellationToken);
            await session.AppendAsync(row.Happened(new ExitTriggered { Exit = row.ToMessage() }), clock, cancellationToken);
            await session.KeepExitWorkAsync(former: null, row, clock, cancellationToken);
            return new Outcome<ExitRow>.Accepted(row);
        });
        return await AnsweredAsync(session, triggered, cancellationToken);
    }

    /// <summary>A command on an exit that goes on.</summary>
    public async Task<Outcome<Exit>> ChangeAsync(
        TenantSession session, string delegationId, string exitId, string etag, Move move, Func<Exit, IMessage> happened, CancellationToken cancellationToken) =>
        await AnsweredAsync(session, await session.LockSharedDelegationAsync<ExitRow>(delegationId, "exit_id", exitId, async (delegation, id) =>
        {
            if (await session.LockExitAsync(delegation, id, cancellationToken) is not { } row)
                return ExitRefusals.NotFound;
            if (Etag.Mismatch<ExitRow>(etag, row.Id, row.Revision) is { } mismatch)
                return mismatch;

            var now = clock.GetUtcNow();
            var exit = row.Read();
            await ExitJoining.JoinAsync(session, delegation, exit, now, cancellationToken);
            var situation = await session.FindSituationAsync(delegation, exit, now, cancellationToken);
            var moved = exit.State == ExitState.Open ? move(exit, situation, session.Caller, now) : ExitRefusals.NotOpen;
            return await moved.ThenAsync(changed => SaveAsync(session, row, row.With(changed), happened, cancellationToken));
        }, cancellationToken), cancellationToken);

    private async Task<Outcome<ExitRow>> SaveAsync(TenantSession session, ExitRow former, ExitRow exit, Func<Exit, IMessage> happened, CancellationToken cancellationToken)
    {
        await session.SaveExitAsync(exit, cancellationToken);
        if (DelegationFreeze.StateAfter(former.Read(), exit.Read()) is { } state)
            await DelegationFreeze.SetStateAsync(session, exit, state, clock, cancellationToken);
        await session.AppendAsync(exit.Happened(happened(exit.ToMessage())), clock, cancellationToken);
        await session.KeepExitWorkAsync(former.Read(), exit, clock, cancellationToken);
        return new Outcome<ExitRow>.Accepted(exit);
    }

    // The answer has the criteria of the phase that it is in since.
    private Task<Outcome<Exit>> AnsweredAsync(TenantSession session, Outcome<ExitRow> outcome, CancellationToken cancellationToken) => outcome.ThenAsync(async row =>
    {
        var delegation = (await session.FindSharedDelegationAsync(row.DelegationId, cancellationToken)).ValueOrStatus();
        var exit = row.Read();
        var situation = await session.FindSituationAsync(delegation, exit, clock.GetUtcNow(), cancellationToken);
        return (Outcome<Exit>)new Outcome<Exit>.Accepted(row.ToMessage(ExitCriteria.Of(exit, situation)));
    });
}
