using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Access;

/// <inheritdoc/>
public sealed class The_access_walk(ReportingHost host) : AccessWalkScenario<ReportingHost, Program>(host);
