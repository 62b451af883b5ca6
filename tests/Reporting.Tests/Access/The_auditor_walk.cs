using Delegation.Reporting.Tests.Reports;
using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Access;

/// <inheritdoc/>
public sealed class The_auditor_walk(PublicationHost host) : AuditorWalkScenario<PublicationHost, Program>(host, [], atLeast: 18)
{
    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> OfTheirOwn { get; } = new Dictionary<string, string>
    {
        ["DownloadData"] = "It says as of which instant.",
        ["GetTechnicalReport"] = "The insurer alone is told which of its own accounts are missing.",
    };
}
