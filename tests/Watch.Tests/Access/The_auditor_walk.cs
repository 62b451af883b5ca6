using Delegation.TestKit.Access;

namespace Delegation.Watch.Tests.Access;

/// <inheritdoc/>
public sealed class The_auditor_walk(WatchHost host) : AuditorWalkScenario<WatchHost, Program>(host, [], atLeast: 7);
