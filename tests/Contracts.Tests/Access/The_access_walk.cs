using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access;

/// <inheritdoc/>
public sealed class The_access_walk(ContractsHost host) : AccessWalkScenario<ContractsHost, Program>(host);
