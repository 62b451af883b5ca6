using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Contracts.Delegations;

/// <summary>The delegation to which an object of both parties belongs. Drafts have no such objects and are not found here.</summary>
/// <param name="InsurerId">The insurer.</param>
/// <param name="Id">The delegation.</param>
/// <param name="DelegateId">The delegate.</param>
/// <param name="State">As in <see cref="DelegationRow"/>.</param>
/// <param name="Title">What the two call it.</param>
/// <param name="Insurer">Name and SIREN of the insurer.</param>
/// <param name="Delegate">Name and SIREN of the delegate.</param>
/// <param name="ReferenceData">What it covers.</param>
internal sealed record SharedDelegation(
    Guid InsurerId, Guid Id, Guid DelegateId, string State, string Title, DelegationParty Insurer, DelegationParty Delegate, ReferenceData ReferenceData)
{
    private static readonly LocalizedText IsClosed = new(
        "This delegation is closed; it can only be read.", "Cette délégation est close ; elle ne peut plus qu'être lue.");

    private static readonly LocalizedText IsFrozen = new(
        "This delegation is frozen because it ends; it can only be read.", "Cette délégation est gelée car elle prend fin ; elle ne peut plus qu'être lue.");

    /// <summary>Refused when it is closed, or frozen because it ends; else null.</summary>
    public Outcome<T>? Closed<T>() => State switch
    {
        DelegationRow.Closed => new Outcome<T>.Refused("DELEGATION_CLOSED", IsClosed),
        DelegationRow.Frozen => new Outcome<T>.Refused("DELEGATION_FROZEN", IsFrozen),
        _ => null,
    };
}

/// <summary>Finds the delegation of a call, for whichever of its two sides makes it.</summary>
internal static class SharedDelegations
{
    /// <summary>The delegation as it is.</summary>
    public static async Task<Outcome<SharedDelegation>> FindSharedDelegationAsync(this TenantSession session, Guid id, CancellationToken cancellationToken)
    {
        var row = await session.FindAsync<DelegationRow>(
            $"{DelegationQueries.OpenedOf(session.Caller.Side)} AND d.delegation_id = @id",
            new { organization = session.Caller.OrganizationId, id },
            cancellationToken);

        return DelegationQueries.Found(row).Map(Shared);
    }

    /// <summary>
    /// The same for a command: whatever belongs to the delegation changes one command after the other. Rows may still be added that refer
    /// to it.
    /// </summary>
    public static async Task<Outcome<SharedDelegation>> LockSharedDelegationAsync(this TenantSession session, Guid id, CancellationToken cancellationToken)
    {
        // A statement of its own: the next one sees all that the former holder of the lock committed, in other tables too.
        await session.ExecuteAsync(
            $"SELECT FROM delegation WHERE {DelegationQueries.PartyColumn(session.Caller.Side)} = @OrganizationId AND delegation_id = @id FOR NO KEY UPDATE",
            new { session.Caller.OrganizationId, id },
            cancellationToken);

        return await session.FindSharedDelegationAsync(id, cancellationToken);
    }

    /// <summary>One object of a delegation, for a call that only shows it.</summary>
    /// <param name="sessions">Where the session comes from.</param>
    /// <param name="context">Whose call it is.</param>
    /// <param name="delegationId">The field <c>delegation_id</c>.</param>
    /// <param name="field">The name of the other field, as <c>letter_id</c>.</param>
    /// <param name="objectId">The other field.</param>
    /// <param name="find">Finds the object by its id; null when there is none.</param>
    /// <param name="notFound">What to answer then.</param>
    public static async Task<T> ReadSharedAsync<T>(
        this TenantSessions sessions,
        ServerCallContext context,
        string delegationId,
        string field,
        string objectId,
        Func<TenantSession, SharedDelegation, Guid, Task<T?>> find,
        Outcome<T> notFound)
        where T : class
    {
        var ids = SharedObjectIds.Read(delegationId, field, objectId).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(ids.Delegation, context.CancellationToken)).ValueOrStatus();
        return await find(session, delegation, ids.Object) ?? notFound.ValueOrStatus();
    }

    private static SharedDelegation Shared(DelegationRow row) => new(
        row.InsurerId!.Value,
        row.Id,
        row.DelegateId!.Value,
        row.State,
        row.Title,
        new DelegationParty { OrganizationId = row.InsurerId.ToString(), LegalName = row.InsurerLegalName, Siren = row.InsurerSiren },
        new DelegationParty { OrganizationId = row.DelegateId.ToString(), LegalName = row.DelegateLegalName, Siren = row.DelegateSiren },
        ProtoJson.Read<ReferenceData>(row.ReferenceData));

    /// <summary>The same for a command on one object of it.</summary>
    /// <param name="session">The caller's.</param>
    /// <param name="delegationId">The field <c>delegation_id</c>.</param>
    /// <param name="field">The name of the other field, as <c>letter_id</c>.</param>
    /// <param name="objectId">The other field.</param>
    /// <param name="command">Goes on with the id of the object.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<Outcome<T>> LockSharedDelegationAsync<T>(
        this TenantSession session,
        string delegationId,
        string field,
        string objectId,
        Func<SharedDelegation, Guid, Task<Outcome<T>>> command,
        CancellationToken cancellationToken) =>
        SharedObjectIds.Read(delegationId, field, objectId).ThenAsync(async ids =>
            await (await session.LockSharedDelegationAsync(ids.Delegation, cancellationToken)).ThenAsync(delegation => command(delegation, ids.Object)));
}
