using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Committees;
using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfPacks : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(Delivery.V1.Packs.Descriptor, "GetPack", Who.AnyMember(), async scene =>
        {
            var (two, meeting) = await scene.MeetingAsync();
            return (two.Delegate, new GetPackRequest { MeetingId = meeting.Id });
        }),
    ];
}
