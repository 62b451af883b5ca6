using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Level = Delegation.Delivery.V1.Escalation.Types.Level;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>Who of a side may acknowledge: whoever is called upon, and the main contact in any case.</summary>
internal static class Acknowledging
{
    public static bool IsCalledUpon(Level level, Caller caller, SideContacts contacts, IReadOnlyList<Role> executives, DateTimeOffset now) =>
        contacts.Main?.PersonId == caller.PersonId
        || contacts.AnsweringAt(now)?.PersonId == caller.PersonId
        || level >= Level.Deputy && contacts.Deputy?.PersonId == caller.PersonId
        || level >= Level.DelegationManagers && caller.Roles.Contains(Role.DelegationManager.Code())
        || level >= Level.Executives && executives.Any(role => caller.Roles.Contains(role.Code()));
}
