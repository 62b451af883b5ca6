using Delegation.ServiceDefaults.Time;
using State = Delegation.Delivery.V1.Action.Types.State;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>When an action is late: from the end of its due day in Paris on, as long as it is open.</summary>
internal static class Lateness
{
    public static bool IsLate(string state, DateOnly dueDay, DateTimeOffset now) => BeginsAt(state, dueDay) <= now;

    /// <summary>The instant from which it is late if nobody does anything about it; null for what is never late.</summary>
    public static DateTimeOffset? BeginsAt(string state, DateOnly dueDay) => state == State.Open.Code() ? ParisDays.EndOf(dueDay) : null;
}
