using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Scoping.Needs;

/// <summary>A need waits for a decision on the work lists of both sides, and once one side proposed it on that of the other alone.</summary>
internal static class NeedWork
{
    public const string ObjectType = "need";

    public static async Task KeepNeedWorkAsync(this TenantSession session, NeedRow need, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var side in new[] { Side.Insurer, Side.Delegate })
            if (need.IsSettled || need.ProposedBy == side.Code())
                await session.CloseWorkItemAsync(Key(need, side), clock, cancellationToken);
            else
                await session.OpenWorkItemAsync(Work(need, side), clock, cancellationToken);
    }

    private static WorkItemKey Key(NeedRow need, Side side) => new("need.decide", ObjectType, need.Id, side);

    private static OpenWork Work(NeedRow need, Side side) => new(
        Key(need, side), need.OwnerId, need.DelegationId, need.DelegateId,
        need.Proposed is null
            ? new LocalizedText($"Decide on the need: {need.Title}", $"Décider du besoin : {need.Title}")
            : new LocalizedText($"Confirm the decision on the need: {need.Title}", $"Confirmer la décision sur le besoin : {need.Title}"))
    {
        Roles = [Role.DelegationManager, Role.ProjectLead],
        DueDay = need.DeferredDay,
    };
}
