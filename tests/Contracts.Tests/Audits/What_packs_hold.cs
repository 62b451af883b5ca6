using Delegation.Access.V1;
using Delegation.Contracts.Audits.Pack;

namespace Delegation.Contracts.Tests.Audits;

/// <summary>What is read for a pack follows from the contract of the API.</summary>
public sealed class What_packs_hold
{
    /// <summary>Whoever opens a read to auditors finds it here, and says whether packs can do without it.</summary>
    [Fact]
    public void All_that_auditors_may_read_is_in_packs_but_for_what_needs_a_question_or_is_in_them_already() => Assert.Equal(
        new[]
        {
            // By contract, of which packs have the signed text, its certificate and the versions of annexes.
            "contracts.Annexes.DownloadAnnexVersion",
            "contracts.Contracting.DownloadCertificate",
            "contracts.Contracting.DownloadContract",
            "contracts.Contracting.GetConsolidatedContract",
            "contracts.Regulation.GetCoverage",
            // The same for all delegations, or one of many that the mission does not name.
            "contracts.Commitments.ListCommitmentOffers",
            "contracts.Delegations.ListDelegations",
            "contracts.Letters.ListMinimumTerms",
            "contracts.Regulation.ListRequirements",
            "contracts.ScopeChanges.ListIndicators",
            "contracts.Scopes.ListActivities",
            "contracts.Scopes.ListScopeTemplates",
            // Answers to a question: of a period, a reference, two versions.
            "contracts.Commitments.ListCommitmentParts",
            "contracts.ScopeChanges.CompareScopeVersions",
            "delivery.Escalations.GetEscalationMeasures",
            "delivery.Satisfactions.GetSatisfaction",
            "delivery.Satisfactions.GetSatisfactionTrend",
            "delivery.ScopingAnswers.PreviewScopingItems",
            "reporting.OperationMarks.ListOperationMarks",
            "reporting.OperationalReports.GetOperationalReport",
            "reporting.Operations.GetOperationCounts",
            "reporting.Operations.ListOperationVersions",
            "reporting.TechnicalReports.GetTechnicalReport",
            // In another form: in lists, and in the files of reports.
            "delivery.Actions.GetAction",
            "delivery.Actions.ListActions",
            "delivery.Committees.GetCalendar",
            "delivery.Gates.GetGate",
            "delivery.ScopingAnswers.GetScopingAnswer",
            "reporting.Reports.GetReportContent",
            "reporting.Reports.ListReportDifferences",
            "reporting.Reports.ListReportLines",
            // The pack itself, and what is as large as all imports.
            "contracts.Audits.DownloadEvidencePack",
            "reporting.Restitution.DownloadData",
        }.Order(StringComparer.Ordinal),
        PackPlan.Audited.Except(PackPlan.All.Select(part => (part.Service, part.Rpc))).Select(left => $"{left.Service}.{left.Rpc.Service.Name}.{left.Rpc.Name}").Order(StringComparer.Ordinal));

    [Fact]
    public void Actions_are_read_by_their_delegation_so_that_a_mission_about_governance_has_them() => Assert.Equal(
        [AuditSubject.Governance], PackPlan.All.Single(part => part.Path == "delivery/list_delegation_actions.ndjson").Subjects);

    [Fact]
    public void What_is_read_of_each_of_many_objects_takes_their_ids_from_the_lists_that_name_them() => Assert.Equal(
        [
            ("delivery/list_meetings.ndjson", "committee_id", "delivery/list_committees.ndjson"),
            ("delivery/get_pack.ndjson", "meeting_id", "delivery/list_meetings.ndjson"),
            ("delivery/list_campaign_cases.ndjson", "campaign_id", "delivery/list_campaigns.ndjson"),
            ("delivery/download_acceptance_report", "report_id", "delivery/list_acceptance_reports.ndjson"),
            ("reporting/download_report", "report_id", "reporting/list_reports.ndjson"),
            ("reporting/list_late_operations.ndjson", "measure_id", "reporting/list_measures.ndjson"),
            ("watch/download_bulletin", "bulletin_id", "watch/list_bulletins.ndjson"),
            ("contracts/download_evidence", "file_id", "contracts/list_evidence_requests.ndjson"),
        ],
        new[]
        {
            "delivery/list_meetings.ndjson", "delivery/get_pack.ndjson", "delivery/list_campaign_cases.ndjson", "delivery/download_acceptance_report", "reporting/download_report",
            "reporting/list_late_operations.ndjson", "watch/download_bulletin", "contracts/download_evidence",
        }
        .Select(path => PackPlan.All.Single(part => part.Path == path)).Select(part => (part.Path, part.Key!.Field, part.Key.List.Path)));
}
