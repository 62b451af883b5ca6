using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access;

/// <inheritdoc/>
public sealed class The_auditor_walk(ContractsHost host) : AuditorWalkScenario<ContractsHost, Program>(host, The_private_walk.Plantings, atLeast: 30, "GetCoverage");
