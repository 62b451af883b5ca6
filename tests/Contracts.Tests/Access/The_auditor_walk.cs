using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access;

/// <inheritdoc/>
public sealed class The_auditor_walk(ContractsHost host) : AuditorWalkScenario<ContractsHost, Program>(host, The_private_walk.Plantings, atLeast: 42, "GetCoverage")
{
    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> OfTheirOwn { get; } = new Dictionary<string, string>
    {
        ["ListAnnexVersions"] = "The version is a draft of one side, which has not handed it over.",
        ["ListAuditMissions"] = "The mission is planned, and auditors find their own, which are open.",
        ["DownloadEvidencePack"] = "It is made anew each time, with its instant.",
        ["GetTitle"] = "It says as of which instant.",
        ["ListTitles"] = "It says as of which instant.",
    };
}
