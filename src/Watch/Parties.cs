using Delegation.Access.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;

namespace Delegation.Watch;

/// <summary>The two parties of a delegation: what every row and every journal entry of it says.</summary>
internal sealed record Parties(Guid OwnerId, Guid DelegationId, Guid DelegateId)
{
    /// <summary>
    /// The column of party tables in which organisations of a side are. A query names the one that an index of its side has, and never asks
    /// for "the one or the other".
    /// </summary>
    public static string Column(Side side) => side == Side.Insurer ? "owner_id" : "delegate_id";

    /// <summary>An entry that both see.</summary>
    public JournalEvent Entry(string objectType, Guid objectId, long revision, IMessage happened) =>
        new(OwnerId, DelegationId, DelegateId, Visibility.Both, objectType, objectId, revision, happened);
}

/// <summary>A delegation as this service knows it.</summary>
internal sealed record DelegationKnown(Guid OwnerId, Guid DelegationId, Guid DelegateId, string State)
{
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    /// <summary>Nothing new begins in a delegation that is closed; null when it is open.</summary>
    public Outcome<T>? NeedsToBeOpen<T>() => State == "open"
        ? null
        : new Outcome<T>.Refused(
            "DELEGATION_NOT_OPEN", new("This delegation is closed: nothing new begins in it.", "Cette délégation est close : rien de nouveau n'y commence."));
}

/// <summary>Delegations in the database: the service's copy.</summary>
internal static class DelegationStore
{
    private const string Columns = "owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, state";

    /// <summary>The delegation that the caller takes part in.</summary>
    public static async Task<Outcome<DelegationKnown>> FindDelegationAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<DelegationKnown>(
            $"SELECT {Columns} FROM delegation WHERE {Parties.Column(session.Caller.Side)} = @OrganizationId AND delegation_id = @id",
            new { session.Caller.OrganizationId, id },
            cancellationToken) is { } delegation
            ? new Outcome<DelegationKnown>.Accepted(delegation)
            : new Outcome<DelegationKnown>.NotFound(
                "DELEGATION_NOT_FOUND", new("There is no delegation with this id.", "Aucune délégation n'a cet identifiant."));

    /// <summary>Those of some delegations that the caller takes part in.</summary>
    public static Task<IReadOnlyList<DelegationKnown>> FindDelegationsAsync(this TenantSession session, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        session.QueryAsync<DelegationKnown>(
            $"SELECT {Columns} FROM delegation WHERE {Parties.Column(session.Caller.Side)} = @OrganizationId AND delegation_id = ANY (@ids) ORDER BY delegation_id",
            new { session.Caller.OrganizationId, ids = ids.ToArray() },
            cancellationToken);
}
