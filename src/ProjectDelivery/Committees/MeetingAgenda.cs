using Delegation.Delivery.V1;
using Google.Protobuf.WellKnownTypes;
using Kind = Delegation.Delivery.V1.AgendaPoint.Types.Kind;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>What a meeting speaks of: the three fixed points of every committee first, and then what was added.</summary>
internal static class MeetingAgenda
{
    public static IEnumerable<AgendaPoint> Of(MeetingRow meeting, IReadOnlyList<AgendaItemRow> items) =>
    [
        Fixed(Kind.Activities, items),
        Fixed(Kind.Progress, items),
        Fixed(Kind.Difficulties, items),
        .. meeting.Points.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(point => new AgendaPoint { Kind = Kind.Other, Title = point }),
    ];

    private static AgendaPoint Fixed(Kind kind, IReadOnlyList<AgendaItemRow> items)
    {
        var own = items.Where(item => item.Point == kind).ToArray();
        return new AgendaPoint
        {
            Kind = kind,
            Items =
            {
                own.Select(item => new AgendaItem
                {
                    ObjectType = item.ObjectType, ObjectId = item.ObjectId.ToString(), Title = item.Title, Since = Timestamp.FromDateTime(item.Since),
                }),
            },
            ItemCount = own.GroupBy(item => item.ObjectType).Sum(kind => kind.First().Count),
        };
    }
}
