using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Delegations;

/// <summary>Decides on the withdrawal of a draft: what both sides accepted is ended in other ways.</summary>
internal static class Withdrawal
{
    private static readonly LocalizedText IsOpen = new(
        "The other side accepted: this is no draft any more. A delegation ends by notice or by agreement.",
        "L'autre partie a accepté : ce n'est plus un projet. Une délégation prend fin par résiliation ou d'un commun accord.");

    public static Outcome<DelegationRow> Decide(string etag, DelegationRow current)
    {
        if (current.State != DelegationRow.Draft)
            return new Outcome<DelegationRow>.Refused("DELEGATION_OPEN", IsOpen);

        return Etag.Mismatch<DelegationRow>(etag, current.Id, current.Revision) ?? new Outcome<DelegationRow>.Accepted(current);
    }
}
