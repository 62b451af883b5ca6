using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using State = Delegation.Delivery.V1.TestDelivery.Types.State;

namespace Delegation.ProjectDelivery.SetUp;

/// <summary>What test deliveries put on work lists: the insurer is to count, and both are to settle the differences.</summary>
internal static class DeliveryWork
{
    public const string ObjectType = "test_delivery";

    private static readonly Role[] Counting = [Role.DelegationManager, Role.ProjectLead, Role.Reporting];

    public static async Task KeepDeliveryWorkAsync(
        this TenantSession session, TestDeliveryRow delivery, string report, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var side in new[] { Side.Insurer, Side.Delegate })
        {
            await KeepAsync("test_delivery.count", side, delivery.In == State.Delivered && side == Side.Insurer,
                new($"Count the test delivery: {report}", $"Déclarer le comptage de la remise à blanc : {report}"));
            await KeepAsync("test_delivery.accept", side, delivery.In == State.Different && !delivery.IsAcceptedBy(side),
                new($"Explain and accept the differences: {report}", $"Expliquer et accepter les écarts : {report}"));
        }

        Task KeepAsync(string kind, Side side, bool waits, LocalizedText title)
        {
            var key = new WorkItemKey(kind, ObjectType, delivery.Id, side);
            return waits
                ? session.OpenWorkItemAsync(
                    new OpenWork(key, delivery.OwnerId, delivery.DelegationId, delivery.DelegateId, title) { Roles = Counting }, clock, cancellationToken)
                : session.CloseWorkItemAsync(key, clock, cancellationToken);
        }
    }
}
