using Delegation.Access.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Watch.Triage;

/// <summary>
/// What waits for one organisation alone: items to sort out, a source that is silent. Work lists go by delegations, so it stands in the first open one that
/// the organisation takes part in, and only its own side reads it; who takes part in none has nobody to watch for.
/// </summary>
internal static class TriageWork
{
    private static readonly Role[] Roles = [Role.Watch, Role.DelegationManager];

    /// <summary>After items were added or moved on: something waits as long as one is new.</summary>
    public static async Task KeepTriageWorkAsync(this DatabaseSession session, Guid organizationId, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await session.FindDeskAsync(organizationId, cancellationToken) is not { } desk)
            return;

        var key = new WorkItemKey("watch.triage", "organization", organizationId, desk.Side);
        if (desk.HasNewItems)
            await session.OpenWorkItemAsync(desk.Work(key, new LocalizedText("Sort out what the watch found", "Trier les nouveautés de la veille")), clock, cancellationToken);
        else
            await session.CloseWorkItemAsync(key, clock, cancellationToken);
    }

    /// <summary>Where an organisation has what waits for it alone; null for one without a delegation.</summary>
    public static Task<Desk?> FindDeskAsync(this DatabaseSession session, Guid organizationId, CancellationToken cancellationToken) => session.FindAsync<Desk>(
        """
        SELECT d.owner_id AS ownerid, d.delegation_id AS delegationid, d.delegate_id AS delegateid, d.owner_id = @organizationId AS isinsurer,
               EXISTS (SELECT FROM tracked_item t WHERE t.owner_id = @organizationId AND t.state = 'new') AS hasnewitems
        FROM (
            (SELECT * FROM delegation WHERE owner_id = @organizationId AND state = 'open' ORDER BY delegation_id LIMIT 1)
            UNION ALL
            (SELECT * FROM delegation WHERE delegate_id = @organizationId AND state = 'open' ORDER BY delegation_id LIMIT 1)) d
        ORDER BY d.delegation_id
        LIMIT 1
        """,
        new { organizationId },
        cancellationToken);

    /// <summary>Where an organisation has what waits for it alone.</summary>
    internal sealed record Desk(Guid OwnerId, Guid DelegationId, Guid DelegateId, bool IsInsurer, bool HasNewItems)
    {
        public Side Side => IsInsurer ? Side.Insurer : Side.Delegate;

        public OpenWork Work(WorkItemKey key, LocalizedText title) => new(key, OwnerId, DelegationId, DelegateId, title)
        {
            Roles = Roles,
            Visibility = IsInsurer ? Visibility.Insurer : Visibility.Delegate,
        };
    }
}
