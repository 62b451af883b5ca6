using Delegation.Access.V1;
using Delegation.Contracts.Tests.Delegations;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

internal sealed class OfDelegations : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Delegations.Descriptor, "CreateDelegation", Managers, async scene => (await scene.RegisterAsync(), Preparing.Draft())),
        new(V1.Delegations.Descriptor, "GetDelegation", Who.AnyMember(), async scene =>
        {
            var (delegation, _, tpa) = await scene.OpenDelegationAsync();
            return (tpa, new GetDelegationRequest { DelegationId = delegation.Id });
        }),
        new(V1.Delegations.Descriptor, "ListDelegations", Who.AnyMember(), async scene =>
            ((await scene.OpenDelegationAsync()).Delegate, new ListDelegationsRequest())),
        new(V1.Delegations.Descriptor, "UpdateDelegation", Managers, async scene =>
        {
            var (delegation, insurer, _) = await scene.OpenDelegationAsync();
            return (insurer, TwoParties.Whole(delegation));
        }),
        new(V1.Delegations.Descriptor, "WithdrawDelegation", Managers, async scene =>
        {
            var founder = await scene.RegisterAsync();
            var draft = await scene.DraftAsync(founder);
            return (founder, new WithdrawDelegationRequest { DelegationId = draft.Id, Etag = draft.Etag });
        }),
    ];

    private static AccessRule Managers => Who.Members(Role.Administrator, Role.DelegationManager);
}
