using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>Saves a change of a committee, tells it, and lets what is offered wait for the sides that did not confirm it.</summary>
internal static class CadenceChange
{
    public const string ObjectType = "committee";

    /// <summary>Whoever may plan for a side.</summary>
    public static readonly Role[] Leads = [Role.DelegationManager, Role.ProjectLead];

    public static async Task SaveAsync(this DatabaseSession session, CommitteeRow committee, TimeProvider clock, CancellationToken cancellationToken)
    {
        await session.UpdateCommitteeAsync(committee, cancellationToken);
        var changed = new CommitteeChanged { Committee = committee.ToMessage(clock.GetUtcNow(), language: null) };
        await session.AppendAsync(committee.Parties.Entry(ObjectType, committee.Id, committee.Revision, changed), clock, cancellationToken);

        foreach (var side in new[] { Side.Insurer, Side.Delegate })
        {
            var key = new WorkItemKey("cadence.confirm", ObjectType, committee.Id, side);
            if (committee.OffersRelaxation && !committee.HasConsentOf(side))
                await session.OpenWorkItemAsync(Work(key, committee), clock, cancellationToken);
            else
                await session.CloseWorkItemAsync(key, clock, cancellationToken);
        }
    }

    private static OpenWork Work(WorkItemKey key, CommitteeRow committee) => new(
        key, committee.OwnerId, committee.DelegationId, committee.DelegateId,
        new LocalizedText($"Confirm that {committee.Name} may meet less often", $"Confirmer l'espacement des réunions : {committee.Name}"))
    {
        Roles = Leads,
    };
}
