using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Invitations;

/// <summary>The counterpart that a draft of the caller's organisation names.</summary>
internal sealed record DraftToShare(string LegalName, string Siren)
{
    public static async Task<Outcome<DraftToShare>> FindAsync(TenantSession session, Guid delegationId, CancellationToken cancellationToken)
    {
        // Locked against changes: what the invitation copies is what the draft says when it is written.
        const string Sql =
            """
            SELECT counterpart_legal_name AS legalname, counterpart_siren AS siren
            FROM delegation_draft
            WHERE owner_id = @OrganizationId AND delegation_id = @delegationId
            FOR SHARE
            """;

        return await session.FindAsync<DraftToShare>(Sql, new { session.Caller.OrganizationId, delegationId }, cancellationToken) is { } draft
            ? new Outcome<DraftToShare>.Accepted(draft)
            : new Outcome<DraftToShare>.NotFound(
                "DELEGATION_NOT_FOUND", new("There is no draft of a delegation with this id.", "Aucun projet de délégation n'a cet identifiant."));
    }
}
