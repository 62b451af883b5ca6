using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>How far a campaign is.</summary>
/// <param name="Cases">How many cases it has.</param>
/// <param name="ToRun">How many of them were not run since they changed last.</param>
/// <param name="Runs">How many runs it has.</param>
internal sealed record CampaignProgress(long Cases, long ToRun, long Runs)
{
    /// <summary>Who runs cases and deals with anomalies.</summary>
    public static readonly Role[] Testers = [Role.DelegationManager, Role.ProjectLead, Role.Operations];

    /// <summary>Cases to run wait for the side whose work it is.</summary>
    public IReadOnlyList<OpenWork> Waiting(CampaignRow campaign) => ToRun == 0 || campaign.IsSealed
        ? []
        :
        [
            new(
                new WorkItemKey("campaign.run", CampaignRow.ObjectType, campaign.Id, campaign.Tests), campaign.OwnerId, campaign.DelegationId, campaign.DelegateId,
                new($"Run the cases of the campaign: {campaign.Name}", $"Passer les cas de la campagne : {campaign.Name}"))
            {
                Roles = Testers,
                DueDay = campaign.LastDay,
            },
        ];
}

/// <summary>Reads it.</summary>
internal static class CampaignProgressStore
{
    public static async Task<CampaignProgress> ReadProgressAsync(this TenantSession session, CampaignRow campaign, CancellationToken cancellationToken) =>
        (await session.FindAsync<CampaignProgress>(
            """
            SELECT count(*) AS cases, count(*) FILTER (WHERE r.case_revision IS DISTINCT FROM c.revision) AS torun,
                   (SELECT count(*) FROM acceptance_run run WHERE run.owner_id = @OwnerId AND run.campaign_id = @Id) AS runs
            FROM campaign_case cc
            JOIN acceptance_case c ON c.owner_id = cc.owner_id AND c.project_id = cc.project_id AND c.case_id = cc.case_id AND c.state <> 'retired'
            LEFT JOIN LATERAL (
                SELECT run.case_revision
                FROM acceptance_run run
                WHERE run.owner_id = cc.owner_id AND run.campaign_id = cc.campaign_id AND run.case_id = cc.case_id
                ORDER BY run.run_time DESC, run.run_id DESC
                LIMIT 1) r ON true
            WHERE cc.owner_id = @OwnerId AND cc.campaign_id = @Id
            """,
            new { campaign.OwnerId, campaign.Id },
            cancellationToken))!;
}
