using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access;

/// <inheritdoc/>
public sealed class The_end_walk(ContractsHost host) : EndWalkScenario<ContractsHost, Program>(
    host, endings: ["delegation.contracts.v1.Exits", "delegation.contracts.v1.ExitRecords"]);
