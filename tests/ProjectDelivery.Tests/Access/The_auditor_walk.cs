using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access;

/// <inheritdoc/>
public sealed class The_auditor_walk(DeliveryHost host) : AuditorWalkScenario<DeliveryHost, Program>(host, The_private_walk.Plantings, atLeast: 41)
{
    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> OfTheirOwn { get; } = new Dictionary<string, string> { ["GetPack"] = "The meeting has begun, and the pack is sealed by itself meanwhile." };
}
