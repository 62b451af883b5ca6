using Delegation.Delivery.V1;
using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfWorkLists : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(Delivery.V1.WorkList.Descriptor, "ListWorkItems", Who.Anybody(), async scene =>
        {
            var two = await scene.DelegationAsync();
            return (two.Insurer, new ListWorkItemsRequest { DelegationId = two.DelegationId, IncludeOthers = true });
        }),
        new(Delivery.V1.Portfolio.Descriptor, "ListPortfolio", Who.AnyMember(), async scene =>
            ((await scene.DelegationAsync()).Insurer, new ListPortfolioRequest())),
    ];
}
