using Delegation.Delivery.V1;
using Kind = Delegation.Delivery.V1.AgendaPoint.Types.Kind;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>What a meeting speaks of: the three fixed points of every committee first, and then what was added.</summary>
internal static class MeetingAgenda
{
    public static IEnumerable<AgendaPoint> Of(MeetingRow meeting) =>
    [
        new() { Kind = Kind.Activities },
        new() { Kind = Kind.Progress },
        new() { Kind = Kind.Difficulties },
        .. meeting.Points.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(point => new AgendaPoint { Kind = Kind.Other, Title = point }),
    ];
}
