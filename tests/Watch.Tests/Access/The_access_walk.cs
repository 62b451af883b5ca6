using Delegation.TestKit.Access;

namespace Delegation.Watch.Tests.Access;

/// <inheritdoc/>
public sealed class The_access_walk(WatchHost host) : AccessWalkScenario<WatchHost, Program>(host);
