using Delegation.TestKit.Access;

namespace Delegation.Watch.Tests.Access;

/// <inheritdoc/>
public sealed class The_end_walk(WatchHost host) : EndWalkScenario<WatchHost, Program>(
    host, own: ["delegation.watch.v1.TrackedItems", "delegation.watch.v1.Sources", "delegation.watch.v1.Items"]);
