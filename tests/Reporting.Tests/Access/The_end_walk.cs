using Delegation.Reporting.Tests.Reports;
using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Access;

/// <inheritdoc/>
public sealed class The_end_walk(PublicationHost host) : EndWalkScenario<PublicationHost, Program>(host, own: ["delegation.reporting.v1.ImportMappings"]);
