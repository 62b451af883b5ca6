using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access;

/// <inheritdoc/>
public sealed class The_bad_input_walk(DeliveryHost host) : BadInputWalkScenario<DeliveryHost, Program>(host);
