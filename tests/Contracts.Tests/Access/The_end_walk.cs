using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access;

/// <inheritdoc/>
public sealed class The_end_walk(ContractsHost host) : EndWalkScenario<ContractsHost, Program>(
    host, endings: ["delegation.contracts.v1.Exits", "delegation.contracts.v1.ExitRecords"],
    closing:
    [
        .. new[] { "PlanAuditMission", "NotifyAuditMission", "CloseAuditMission", "CancelAuditMission" }.Select(rpc => $"/delegation.contracts.v1.Audits/{rpc}"),
        .. new[] { "AskEvidence", "AttachEvidence", "AnswerEvidence", "AcceptEvidence", "RecordFinding", "SetCorrectivePlan", "CompletePlan", "ValidateClosure" }
            .Select(rpc => $"/delegation.contracts.v1.AuditFollowUp/{rpc}"),
    ]);
