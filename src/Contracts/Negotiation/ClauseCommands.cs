using Delegation.Contracts.Contracting;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Negotiation;

/// <summary>The commands on the text of a contract. Under negotiation each puts the clause under review again, by all departments of both sides.</summary>
internal static class ClauseCommands
{
    public static Task<Outcome<ContractClause>> AddAsync(
        TenantSession session, AddContractClauseRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        Negotiating.LockAsync(session, request.DelegationId, request.ContractId, async found =>
        {
            var now = clock.GetUtcNow();
            var clauses = await session.ListClausesAsync(found.Contract, cancellationToken);
            return await ClauseChanges.Add(request, found.Contract, clauses, session.Caller.Side, now).ThenAsync(async clause =>
            {
                await session.MoveClausesAsync(found.Contract, clause.Place, 1, cancellationToken);
                await session.InsertClausesAsync(found.Contract, [clause], cancellationToken);
                if (found.Contract.IsUnderReview)
                    await session.StartReviewsAsync(found.Contract, clause.Id, now.InMicroseconds(), cancellationToken);

                return await ChangedAsync(session, found.Contract, clause, changeRequestId: null, clock, cancellationToken);
            });
        }, cancellationToken);

    public static Task<Outcome<ContractClause>> ChangeAsync(
        TenantSession session, UpdateContractClauseRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        Negotiating.LockAsync<ContractClause>(session, request.DelegationId, request.ContractId, "clause_id", request.ClauseId, [], async (contract, id) =>
            await (await Negotiating.ClauseOfAsync(session, contract, id, cancellationToken)).ThenAsync(clause =>
                ClauseChanges.Change(request, contract, clause, session.Caller.Side).ThenAsync(changed =>
                    RewordAsync(session, contract, changed, changeRequestId: null, clock, cancellationToken))), cancellationToken);

    public static Task<Outcome<ContractClause>> RemoveAsync(
        TenantSession session, RemoveContractClauseRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        Negotiating.LockAsync<ContractClause>(session, request.DelegationId, request.ContractId, "clause_id", request.ClauseId, [], async (contract, id) =>
        {
            var clauses = await session.ListClausesAsync(contract, cancellationToken);
            if (clauses.FirstOrDefault(clause => clause.Id == id) is not { } clause)
                return NegotiationRefusals.ClauseNotFound<ContractClause>();

            var kept = clauses.Count(other => !other.Removed);
            return await ClauseChanges.Remove(request, contract, clause, kept, session.Caller.Side).ThenAsync(removed => ClauseChanges.GoesAtOnce(contract)
                ? DeleteAsync(session, contract, clause, clock, cancellationToken)
                : RewordAsync(session, contract, removed, changeRequestId: null, clock, cancellationToken));
        }, cancellationToken);

    /// <summary>Saves a clause that says something else since: approvals of what it said fall, and so do open requests.</summary>
    public static async Task<Outcome<ContractClause>> RewordAsync(
        TenantSession session, ContractRow contract, ClauseRow clause, Guid? changeRequestId, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().InMicroseconds();
        await session.SaveClauseAsync(contract, clause, cancellationToken);
        await session.RestartReviewsAsync(contract, clause.Id, now, cancellationToken);
        await session.OvertakeChangeRequestsAsync(contract, clause.Id, now, cancellationToken);
        return await ChangedAsync(session, contract, clause, changeRequestId, clock, cancellationToken);
    }

    private static async Task<Outcome<ContractClause>> ChangedAsync(
        TenantSession session, ContractRow contract, ClauseRow clause, Guid? changeRequestId, TimeProvider clock, CancellationToken cancellationToken)
    {
        var changed = contract.Changed();
        var message = clause.ToMessage(contract.Id);
        await session.SaveContractAsync(changed, cancellationToken);
        await session.AppendContractAsync(
            changed,
            new ContractClauseChanged { Contract = changed.ToMessage(), Clause = message, ChangeRequestId = changeRequestId?.ToString() ?? "" },
            clock,
            cancellationToken);
        if (changed.IsUnderReview)
        {
            var open = await session.OpenReviewsAsync(changed, cancellationToken);
            await session.UpdateNegotiationWorkAsync(changed, open, moved: null, clock, cancellationToken);
        }

        if (changed.State != contract.State)
            await session.KeepIssueWorkAsync(changed, clock, cancellationToken);

        return new Outcome<ContractClause>.Accepted(message);
    }

    private static async Task<Outcome<ContractClause>> DeleteAsync(
        TenantSession session, ContractRow contract, ClauseRow clause, TimeProvider clock, CancellationToken cancellationToken)
    {
        var changed = contract.Changed();
        var message = clause.ToMessage(contract.Id);
        await session.DeleteClauseAsync(contract, clause, cancellationToken);
        await session.MoveClausesAsync(contract, clause.Place, -1, cancellationToken);
        await session.SaveContractAsync(changed, cancellationToken);
        await session.AppendContractAsync(changed, new ContractClauseDeleted { Contract = changed.ToMessage(), Clause = message }, clock, cancellationToken);
        return new Outcome<ContractClause>.Accepted(message);
    }
}
