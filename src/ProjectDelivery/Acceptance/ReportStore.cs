using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>Reports in the database, and what they report: one statement per call, within a project that the caller was found to take part in.</summary>
internal static class ReportStore
{
    /// <summary>Adds a report; false when one of the same is waiting for signatures.</summary>
    public static async Task<bool> InsertReportAsync(this TenantSession session, ReportRow report, CancellationToken cancellationToken) => await session.ExecuteAsync(
        """
        INSERT INTO acceptance_report (
            owner_id, delegation_id, delegate_id, project_id, report_id, kind, campaign_id, state, text, text_sha256, case_count, run_count, reserve_count,
            create_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Id, @Kind, @CampaignId, @State, @Text, @TextSha256, @CaseCount, @RunCount, @ReserveCount,
            @CreateTime, @Revision)
        ON CONFLICT (owner_id, project_id, kind, COALESCE(campaign_id, project_id)) WHERE state IN ('issued', 'partly_signed') DO NOTHING
        """,
        report,
        cancellationToken) == 1;

    public static Task UpdateReportAsync(this TenantSession session, ReportRow report, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE acceptance_report SET
            state = @State, insurer_person_id = @InsurerPersonId, insurer_sign_time = @InsurerSignTime, delegate_person_id = @DelegatePersonId,
            delegate_sign_time = @DelegateSignTime, seal_time = @SealTime, revision = @Revision
        WHERE owner_id = @OwnerId AND project_id = @ProjectId AND report_id = @Id
        """,
        report,
        cancellationToken);

    public static async Task<Outcome<ReportRow>> FindReportAsync(this TenantSession session, ProjectRow project, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<ReportRow>(
            $"{Selection("text")} AND report_id = @id", new { project.OwnerId, ProjectId = project.Id, id }, cancellationToken) is { } report
            ? new Outcome<ReportRow>.Accepted(report)
            : new Outcome<ReportRow>.NotFound("REPORT_NOT_FOUND", new("There is no report with this id.", "Aucun procès-verbal n'a cet identifiant."));

    /// <summary>The reports of a project without their texts.</summary>
    public static Task<IReadOnlyList<ReportRow>> ListReportsAsync(
        this TenantSession session, ProjectRow project, PageRequest page, CancellationToken cancellationToken) => session.QueryAsync<ReportRow>(
        $"{Selection("'' AS text")} AND report_id > @after ORDER BY report_id LIMIT @Limit",
        new { project.OwnerId, ProjectId = project.Id, after = page.After?.Id ?? Guid.Empty, page.Limit },
        cancellationToken);

    /// <summary>What a report on a campaign says, or without one the homologation of the project.</summary>
    public static async Task<ReportFacts> ReadFactsAsync(
        this TenantSession session, ProjectRow project, CampaignRow? campaign, CancellationToken cancellationToken)
    {
        var anomalies = await session.ListOpenAnomaliesAsync(project, campaign, cancellationToken);
        if (campaign is null)
            return new ReportFacts(project, null, [], [], anomalies, await session.ListReportedCampaignsAsync(project, cancellationToken));

        var cases = await session.ListCampaignCasesAsync(campaign, Guid.Empty, CampaignRow.MostCases, cancellationToken);
        return new ReportFacts(project, campaign, cases, await session.ListAllRunsAsync(campaign, cancellationToken), anomalies, []);
    }

    private static Task<IReadOnlyList<ReportedCampaign>> ListReportedCampaignsAsync(
        this TenantSession session, ProjectRow project, CancellationToken cancellationToken) => session.QueryAsync<ReportedCampaign>(
        """
        SELECT c.campaign_id AS id, c.name, c.revision, r.report_id AS reportid, r.text_sha256 AS textsha256, r.seal_time AS sealtime, r.case_count AS casecount,
               r.run_count AS runcount
        FROM campaign c
        LEFT JOIN acceptance_report r ON r.owner_id = c.owner_id AND r.project_id = c.project_id AND r.report_id = c.sealed_report_id
        WHERE c.owner_id = @OwnerId AND c.project_id = @Id
        ORDER BY c.campaign_id
        """,
        new { project.OwnerId, project.Id },
        cancellationToken);

    private static string Selection(string text) =>
        $"""
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, project_id AS projectid, report_id AS id, kind,
               campaign_id AS campaignid, state, {text}, text_sha256 AS textsha256, case_count AS casecount, run_count AS runcount,
               reserve_count AS reservecount, insurer_person_id AS insurerpersonid, insurer_sign_time AS insurersigntime,
               delegate_person_id AS delegatepersonid, delegate_sign_time AS delegatesigntime, seal_time AS sealtime, create_time AS createtime, revision
        FROM acceptance_report
        WHERE owner_id = @OwnerId AND project_id = @ProjectId
        """;
}
