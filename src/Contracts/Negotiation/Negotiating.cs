using Delegation.Contracts.Delegations;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Negotiation;

/// <summary>A contract with the delegation that it belongs to.</summary>
internal sealed record Negotiated(SharedDelegation Delegation, ContractRow Contract);

/// <summary>Finds what a call is about: one answer for what is not there and for what is somebody else's.</summary>
internal static class Negotiating
{
    /// <summary>The contract, to be read.</summary>
    public static Task<Outcome<ContractRow>> FindAsync(TenantSession session, string delegationId, string contractId, CancellationToken cancellationToken) =>
        SharedObjectIds.Read(delegationId, "contract_id", contractId).ThenAsync(async ids =>
            await (await session.FindSharedDelegationAsync(ids.Delegation, cancellationToken)).ThenAsync(delegation =>
                ContractOfAsync(session, delegation, ids.Object, cancellationToken)));

    /// <summary>The contract, for a command: locked with its delegation, which is not closed.</summary>
    public static Task<Outcome<T>> LockAsync<T>(
        TenantSession session, string delegationId, string contractId, Func<Negotiated, Task<Outcome<T>>> command, CancellationToken cancellationToken) =>
        session.LockSharedDelegationAsync(delegationId, "contract_id", contractId, async (delegation, id) =>
            await (await ContractOfAsync(session, delegation, id, cancellationToken)).ThenAsync(async contract =>
                delegation.Closed<T>() ?? await command(new Negotiated(delegation, contract))), cancellationToken);

    /// <summary>The same with an object of the contract.</summary>
    /// <param name="session">The caller's.</param>
    /// <param name="delegationId">The field <c>delegation_id</c>.</param>
    /// <param name="contractId">The field <c>contract_id</c>.</param>
    /// <param name="field">The name of the field of the object, as <c>clause_id</c>.</param>
    /// <param name="objectId">That field.</param>
    /// <param name="violations">What else is wrong with the request.</param>
    /// <param name="command">Goes on with the id of the object.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<Outcome<T>> LockAsync<T>(
        TenantSession session,
        string delegationId,
        string contractId,
        string field,
        string objectId,
        List<FieldViolation> violations,
        Func<ContractRow, Guid, Task<Outcome<T>>> command,
        CancellationToken cancellationToken)
    {
        IdField.Read("delegation_id", delegationId, violations);
        IdField.Read("contract_id", contractId, violations);
        return IdField.Read(field, objectId, violations) is { } id && violations.Count == 0
            ? LockAsync(session, delegationId, contractId, found => command(found.Contract, id), cancellationToken)
            : Task.FromResult<Outcome<T>>(new Outcome<T>.Invalid(violations));
    }

    /// <summary>A clause of a contract.</summary>
    public static async Task<Outcome<ClauseRow>> ClauseOfAsync(TenantSession session, ContractRow contract, Guid clauseId, CancellationToken cancellationToken) =>
        await session.FindClauseAsync(contract, clauseId, cancellationToken) is { } clause
            ? new Outcome<ClauseRow>.Accepted(clause)
            : NegotiationRefusals.ClauseNotFound<ClauseRow>();

    private static async Task<Outcome<ContractRow>> ContractOfAsync(
        TenantSession session, SharedDelegation delegation, Guid contractId, CancellationToken cancellationToken) =>
        await session.FindContractAsync(delegation, contractId, cancellationToken) is { } contract
            ? new Outcome<ContractRow>.Accepted(contract)
            : NegotiationRefusals.NotFound<ContractRow>();
}
