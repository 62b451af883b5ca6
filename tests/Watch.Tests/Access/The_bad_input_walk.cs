using Delegation.TestKit.Access;

namespace Delegation.Watch.Tests.Access;

/// <inheritdoc/>
public sealed class The_bad_input_walk(WatchHost host) : BadInputWalkScenario<WatchHost, Program>(host);
