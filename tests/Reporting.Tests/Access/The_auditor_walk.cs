using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Access;

/// <inheritdoc/>
public sealed class The_auditor_walk(ReportingHost host) : AuditorWalkScenario<ReportingHost, Program>(host, [], atLeast: 5);
