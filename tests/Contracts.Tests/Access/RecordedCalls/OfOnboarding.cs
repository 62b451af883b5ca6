using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

internal sealed class OfOnboarding : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Onboarding.Descriptor, "GetChecklist", Who.AnyMember(), async scene =>
        {
            var founder = await scene.RegisterAsync();
            return (founder, new GetChecklistRequest { DelegationId = (await scene.DraftAsync(founder)).Id });
        }),
    ];
}
