using Delegation.Reporting.Tests.Reports;
using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Access;

/// <inheritdoc/>
public sealed class The_access_walk(PublicationHost host) : AccessWalkScenario<PublicationHost, Program>(host);
