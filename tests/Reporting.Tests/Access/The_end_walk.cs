using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Access;

/// <inheritdoc/>
public sealed class The_end_walk(ReportingHost host) : EndWalkScenario<ReportingHost, Program>(host, own: ["delegation.reporting.v1.ImportMappings"]);
