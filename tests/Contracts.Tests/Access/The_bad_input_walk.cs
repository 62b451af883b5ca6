using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access;

/// <inheritdoc/>
public sealed class The_bad_input_walk(ContractsHost host) : BadInputWalkScenario<ContractsHost, Program>(host);
