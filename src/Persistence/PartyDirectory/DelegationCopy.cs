using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using static Delegation.Contracts.V1.Delegation.Types;

namespace Delegation.Persistence.PartyDirectory;

/// <summary>This service's copy of the delegations, to which all its rows of a delegation refer. Drafts are Contracts' own.</summary>
internal static class DelegationCopy
{
    public static Task SaveDelegationAsync(this SystemSession session, JournalEntry told, State state, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            -- Waits for whoever is at work on the delegation: nothing that they write comes after a freeze.
            SELECT FROM delegation WHERE owner_id = @OwnerId AND delegation_id = @DelegationId FOR UPDATE;
            INSERT INTO delegation (owner_id, delegation_id, delegate_id, state, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @code, @Revision)
            ON CONFLICT (owner_id, delegation_id) DO UPDATE SET state = excluded.state, revision = excluded.revision
            """;

        return session.ExecuteAsync(Sql, new { told.OwnerId, told.DelegationId, told.DelegateId, code = Code(state), told.Revision }, cancellationToken);
    }

    private static string Code(State state) => state switch
    {
        State.Open => "open",
        State.Frozen => "frozen",
        State.Closed => "closed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Both sides know a delegation as open, frozen or closed."),
    };
}
