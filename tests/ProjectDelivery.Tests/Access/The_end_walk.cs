using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access;

/// <inheritdoc/>
public sealed class The_end_walk(DeliveryHost host) : EndWalkScenario<DeliveryHost, Program>(
    host, closing: ["/delegation.delivery.v1.Projects/StopProject"]);
