using Delegation.Reporting.Tests.Reports;
using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Access;

/// <inheritdoc/>
public sealed class The_auditor_walk(PublicationHost host) : AuditorWalkScenario<PublicationHost, Program>(host, [], atLeast: 5);
