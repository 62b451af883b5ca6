using Delegation.Access.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;

namespace Delegation.Reporting;

/// <summary>A delegation as this service knows it: its two parties, which every row and every journal entry of it names.</summary>
internal sealed record KnownDelegation(Guid OwnerId, Guid DelegationId, Guid DelegateId, string State)
{
    private static readonly LocalizedText IsClosed = new(
        "This delegation is closed; it can only be read.", "Cette délégation est close ; elle ne peut plus qu'être lue.");

    private static readonly LocalizedText IsFrozen = new(
        "This delegation is frozen because it ends; it can only be read.", "Cette délégation est gelée car elle prend fin ; elle ne peut plus qu'être lue.");

    /// <summary>Refused when it is closed, or frozen because it ends; else null.</summary>
    public Outcome<T>? Closed<T>() => State switch
    {
        "open" => null,
        "frozen" => new Outcome<T>.Refused("DELEGATION_FROZEN", IsFrozen),
        _ => new Outcome<T>.Refused("DELEGATION_CLOSED", IsClosed),
    };

    /// <summary>An entry that both sides see.</summary>
    public JournalEvent Entry(string objectType, Guid objectId, long revision, IMessage happened) =>
        new(OwnerId, DelegationId, DelegateId, Visibility.Both, objectType, objectId, revision, happened);
}

/// <summary>Finds the delegation of a call, for whichever of its two sides makes it.</summary>
internal static class Delegations
{
    /// <summary>
    /// For followers, before they write of a delegation: delegations have a follower of their own, which may be behind. That there is an entry about one
    /// proves that there is one.
    /// </summary>
    public const string Know =
        """
        INSERT INTO delegation (owner_id, delegation_id, delegate_id, state, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, 'open', 0)
        ON CONFLICT DO NOTHING;
        """;

    /// <summary>The column of party tables in which organisations of a side are, and which an index of that side has.</summary>
    public static string PartyColumn(Side side) => side == Side.Insurer ? "owner_id" : "delegate_id";

    public static async Task<Outcome<KnownDelegation>> FindDelegationAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<KnownDelegation>(
            $"""
            SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, state
            FROM delegation
            WHERE {PartyColumn(session.Caller.Side)} = @OrganizationId AND delegation_id = @id
            """,
            new { session.Caller.OrganizationId, id },
            cancellationToken) is { } delegation
            ? new Outcome<KnownDelegation>.Accepted(delegation)
            : new Outcome<KnownDelegation>.NotFound(
                "DELEGATION_NOT_FOUND", new("There is no delegation with this id.", "Aucune délégation n'a cet identifiant."));
}
