using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access;

/// <inheritdoc/>
public sealed class The_auditor_walk(DeliveryHost host) : AuditorWalkScenario<DeliveryHost, Program>(host, The_private_walk.Plantings, atLeast: 40);
