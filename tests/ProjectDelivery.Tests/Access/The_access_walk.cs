using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access;

/// <inheritdoc/>
public sealed class The_access_walk(DeliveryHost host) : AccessWalkScenario<DeliveryHost, Program>(host);
