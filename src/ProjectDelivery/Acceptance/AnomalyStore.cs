using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>Anomalies in the database: one statement per call, within a project that the caller was found to take part in.</summary>
internal static class AnomalyStore
{
    private const string Selection =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, project_id AS projectid, campaign_id AS campaignid,
               case_id AS caseid, run_id AS runid, anomaly_id AS id, title, description, severity, state, side, due_day AS dueday, fix, reserve,
               proposed_severity AS proposedseverity, proposed_reserve AS proposedreserve, proposed_by AS proposedby, create_time AS createtime,
               update_time AS updatetime, revision
        FROM anomaly
        WHERE owner_id = @OwnerId AND project_id = @ProjectId
        """;

    public static Task InsertAnomalyAsync(this TenantSession session, AnomalyRow anomaly, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO anomaly (
            owner_id, delegation_id, delegate_id, project_id, campaign_id, case_id, run_id, anomaly_id, title, description, severity, state, side, due_day,
            fix, reserve, create_time, update_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @ProjectId, @CampaignId, @CaseId, @RunId, @Id, @Title, @Description, @Severity, @State, @Side, @DueDay,
            @Fix, @Reserve, @CreateTime, @UpdateTime, @Revision)
        """,
        anomaly,
        cancellationToken);

    public static Task UpdateAnomalyAsync(this TenantSession session, AnomalyRow anomaly, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE anomaly SET
            title = @Title, description = @Description, severity = @Severity, state = @State, side = @Side, due_day = @DueDay, fix = @Fix, reserve = @Reserve,
            proposed_severity = @ProposedSeverity, proposed_reserve = @ProposedReserve, proposed_by = @ProposedBy, update_time = @UpdateTime,
            revision = @Revision
        WHERE owner_id = @OwnerId AND project_id = @ProjectId AND anomaly_id = @Id
        """,
        anomaly,
        cancellationToken);

    public static async Task<Outcome<AnomalyRow>> FindAnomalyAsync(this TenantSession session, ProjectRow project, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<AnomalyRow>(
            $"{Selection} AND anomaly_id = @id", new { project.OwnerId, ProjectId = project.Id, id }, cancellationToken) is { } anomaly
            ? new Outcome<AnomalyRow>.Accepted(anomaly)
            : NotFound;

    public static readonly Outcome<AnomalyRow> NotFound = new Outcome<AnomalyRow>.NotFound(
        "ANOMALY_NOT_FOUND", new("There is no anomaly with this id.", "Aucune anomalie n'a cet identifiant."));

    public static Task<IReadOnlyList<AnomalyRow>> ListAnomaliesAsync(
        this TenantSession session, ProjectRow project, string? state, PageRequest page, CancellationToken cancellationToken) => session.QueryAsync<AnomalyRow>(
        $"{Selection} AND anomaly_id > @after AND (@state::text IS NULL OR state = @state) ORDER BY anomaly_id LIMIT @Limit",
        new { project.OwnerId, ProjectId = project.Id, state, after = page.After?.Id ?? Guid.Empty, page.Limit },
        cancellationToken);

    /// <summary>The anomalies of a case that are not closed.</summary>
    public static Task<IReadOnlyList<AnomalyRow>> ListOpenAnomaliesAsync(
        this TenantSession session, ProjectRow project, Guid caseId, CancellationToken cancellationToken) => session.QueryAsync<AnomalyRow>(
        $"{Selection} AND case_id = @caseId AND state <> 'closed' ORDER BY anomaly_id",
        new { project.OwnerId, ProjectId = project.Id, caseId },
        cancellationToken);

    /// <summary>All anomalies of a project that are not closed, or those of one campaign.</summary>
    public static Task<IReadOnlyList<AnomalyRow>> ListOpenAnomaliesAsync(
        this TenantSession session, ProjectRow project, CampaignRow? campaign, CancellationToken cancellationToken) => session.QueryAsync<AnomalyRow>(
        $"{Selection} AND state <> 'closed' AND (@campaign::uuid IS NULL OR campaign_id = @campaign) ORDER BY anomaly_id",
        new { project.OwnerId, ProjectId = project.Id, campaign = campaign?.Id },
        cancellationToken);
}
