using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>Campaigns and their cases in the database: one statement per call, within a project that the caller was found to take part in.</summary>
internal static class CampaignStore
{
    private const string Selection =
        """
        SELECT c.owner_id AS ownerid, c.delegation_id AS delegationid, c.delegate_id AS delegateid, c.project_id AS projectid, @ProjectName AS projectname,
               c.campaign_id AS id, c.name, c.kind, c.testing_side AS testingside, c.first_day AS firstday, c.last_day AS lastday,
               c.sealed_report_id AS sealedreportid, c.create_time AS createtime, c.update_time AS updatetime, c.revision
        FROM campaign c
        """;

    private const string Cases =
        """
        SELECT cc.campaign_id AS campaignid, c.case_id AS id, c.title, c.guarantee, c.formula, c.spent_cents AS spentcents, c.amo_cents AS amocents,
               c.expected_cents AS expectedcents, c.revision, r.run_id AS runid, r.case_revision AS runrevision, r.result,
               r.expected_cents AS runexpectedcents, r.actual_cents AS actualcents, r.observation, r.tester_side AS testerside, r.tester_id AS testerid,
               r.run_time AS runtime
        FROM campaign_case cc
        JOIN acceptance_case c ON c.owner_id = cc.owner_id AND c.project_id = cc.project_id AND c.case_id = cc.case_id AND c.state <> 'retired'
        LEFT JOIN LATERAL (
            SELECT *
            FROM acceptance_run run
            WHERE run.owner_id = cc.owner_id AND run.campaign_id = cc.campaign_id AND run.case_id = cc.case_id
            ORDER BY run.run_time DESC, run.run_id DESC
            LIMIT 1) r ON true
        """;

    public static Task InsertCampaignAsync(this TenantSession session, CampaignRow campaign, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO campaign (
            owner_id, delegation_id, delegate_id, project_id, campaign_id, name, kind, testing_side, first_day, last_day, create_time, update_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Id, @Name, @Kind, @TestingSide, @FirstDay, @LastDay, @CreateTime, @UpdateTime, @Revision)
        """,
        campaign,
        cancellationToken);

    public static Task UpdateCampaignAsync(this TenantSession session, CampaignRow campaign, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE campaign SET sealed_report_id = @SealedReportId, update_time = @UpdateTime, revision = @Revision
        WHERE owner_id = @OwnerId AND project_id = @ProjectId AND campaign_id = @Id
        """,
        campaign,
        cancellationToken);

    public static async Task<Outcome<CampaignRow>> FindCampaignAsync(
        this TenantSession session, ProjectRow project, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<CampaignRow>(
            $"{Selection} WHERE c.owner_id = @OwnerId AND c.project_id = @ProjectId AND c.campaign_id = @id",
            new { project.OwnerId, ProjectId = project.Id, ProjectName = project.Name, id },
            cancellationToken) is { } campaign
            ? new Outcome<CampaignRow>.Accepted(campaign)
            : new Outcome<CampaignRow>.NotFound("CAMPAIGN_NOT_FOUND", new("There is no campaign with this id.", "Aucune campagne n'a cet identifiant."));

    public static Task<IReadOnlyList<CampaignRow>> ListCampaignsAsync(
        this TenantSession session, ProjectRow project, PageRequest page, CancellationToken cancellationToken) => session.QueryAsync<CampaignRow>(
        $"{Selection} WHERE c.owner_id = @OwnerId AND c.project_id = @ProjectId AND c.campaign_id > @after ORDER BY c.campaign_id LIMIT @Limit",
        new { project.OwnerId, ProjectId = project.Id, ProjectName = project.Name, after = page.After?.Id ?? Guid.Empty, page.Limit },
        cancellationToken);

    /// <summary>Of these cases, or of all in use for none, those that the project has and that are in use.</summary>
    public static Task<IReadOnlyList<Guid>> FindCasesInUseAsync(
        this TenantSession session, ProjectRow project, Guid[] cases, CancellationToken cancellationToken) => session.QueryAsync<Guid>(
        """
        SELECT case_id
        FROM acceptance_case
        WHERE owner_id = @OwnerId AND project_id = @Id AND state <> 'retired' AND (cardinality(@cases) = 0 OR case_id = ANY (@cases))
        ORDER BY case_id
        LIMIT @limit
        """,
        new { project.OwnerId, project.Id, cases, limit = CampaignRow.MostCases + 1 },
        cancellationToken);

    /// <summary>Adds cases to a campaign; those that it has already stay.</summary>
    /// <returns>Those that it did not have.</returns>
    public static Task<IReadOnlyList<Guid>> AddCasesAsync(
        this TenantSession session, CampaignRow campaign, IReadOnlyList<Guid> cases, CancellationToken cancellationToken) => session.QueryAsync<Guid>(
        """
        INSERT INTO campaign_case (owner_id, delegation_id, delegate_id, project_id, campaign_id, case_id)
        SELECT @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Id, c FROM unnest(@cases) AS c
        ON CONFLICT DO NOTHING
        RETURNING case_id
        """,
        new { campaign.OwnerId, campaign.DelegationId, campaign.DelegateId, campaign.ProjectId, campaign.Id, cases = cases.ToArray() },
        cancellationToken);

    /// <summary>The cases of a campaign with the latest run of each.</summary>
    public static Task<IReadOnlyList<CampaignCaseRow>> ListCampaignCasesAsync(
        this TenantSession session, CampaignRow campaign, Guid after, int limit, CancellationToken cancellationToken) => session.QueryAsync<CampaignCaseRow>(
        $"{Cases} WHERE cc.owner_id = @OwnerId AND cc.campaign_id = @Id AND cc.case_id > @after ORDER BY cc.case_id LIMIT @limit",
        new { campaign.OwnerId, campaign.Id, after, limit },
        cancellationToken);

    public static async Task<Outcome<CampaignCaseRow>> FindCampaignCaseAsync(
        this TenantSession session, CampaignRow campaign, Guid caseId, CancellationToken cancellationToken) =>
        await session.FindAsync<CampaignCaseRow>(
            $"{Cases} WHERE cc.owner_id = @OwnerId AND cc.campaign_id = @Id AND cc.case_id = @caseId",
            new { campaign.OwnerId, campaign.Id, caseId },
            cancellationToken) is { } found
            ? new Outcome<CampaignCaseRow>.Accepted(found)
            : CaseNotFound<CampaignCaseRow>();

    public static Outcome<T> CaseNotFound<T>() => new Outcome<T>.NotFound("CASE_NOT_FOUND", new("There is no case with this id.", "Aucun cas n'a cet identifiant."));
}
