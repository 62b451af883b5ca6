using Delegation.Access.V1;
using Delegation.TestKit.Access;
using Delegation.Watch.V1;

namespace Delegation.Watch.Tests.Access.RecordedCalls;

internal sealed class OfItems : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Items.Descriptor, "ListItems", Who.AnyMember(), async scene =>
            (await scene.MemberAsync(Guid.CreateVersion7(), Side.Insurer, Role.Watch), new ListItemsRequest { FromDay = "2024-01-01" })),
    ];
}
