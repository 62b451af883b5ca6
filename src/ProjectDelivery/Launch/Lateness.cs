using Delegation.ServiceDefaults.Time;
using State = Delegation.Delivery.V1.Action.Types.State;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>When an action is late: from the end of its due day in Paris on, as long as it is open.</summary>
internal static class Lateness
{
    public static bool IsLate(string state, DateOnly dueDay, DateTimeOffset now) => state == State.Open.Stored() && ParisDays.EndOf(dueDay) <= now;
}
