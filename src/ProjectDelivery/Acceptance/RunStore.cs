using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>Runs in the database: one statement per call, within a campaign of a project that the caller was found to take part in.</summary>
internal static class RunStore
{
    private const string Selection =
        """
        SELECT campaign_id AS campaignid, run_id AS id, case_id AS caseid, case_revision AS caserevision, result, expected_cents AS expectedcents,
               actual_cents AS actualcents, observation, tester_side AS testerside, tester_id AS testerid, run_time AS runtime
        FROM acceptance_run
        """;

    public static Task InsertRunAsync(this TenantSession session, Parties parties, RunRow run, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO acceptance_run (
            owner_id, delegation_id, delegate_id, campaign_id, run_id, case_id, case_revision, result, expected_cents, actual_cents, observation, tester_side,
            tester_id, run_time)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @CampaignId, @Id, @CaseId, @CaseRevision, @Result, @ExpectedCents, @ActualCents, @Observation, @TesterSide,
            @TesterId, @RunTime)
        """,
        new
        {
            parties.OwnerId,
            parties.DelegationId,
            parties.DelegateId,
            run.CampaignId,
            run.Id,
            run.CaseId,
            run.CaseRevision,
            run.Result,
            run.ExpectedCents,
            run.ActualCents,
            run.Observation,
            run.TesterSide,
            run.TesterId,
            run.RunTime,
        },
        cancellationToken);

    /// <summary>The runs of a campaign, of one case or of all for null, the oldest first.</summary>
    public static Task<IReadOnlyList<RunRow>> ListRunsAsync(
        this TenantSession session, CampaignRow campaign, Guid? caseId, PageRequest page, CancellationToken cancellationToken) => session.QueryAsync<RunRow>(
        $"""
        {Selection}
        WHERE owner_id = @OwnerId AND campaign_id = @Id AND (run_time, run_id) > (@afterTime, @afterId) AND (@caseId::uuid IS NULL OR case_id = @caseId)
        ORDER BY run_time, run_id
        LIMIT @Limit
        """,
        new
        {
            campaign.OwnerId,
            campaign.Id,
            caseId,
            afterTime = page.After?.Time ?? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc),
            afterId = page.After?.Id ?? Guid.Empty,
            page.Limit,
        },
        cancellationToken);

    /// <summary>All runs of a campaign, which are bounded, the oldest first.</summary>
    public static Task<IReadOnlyList<RunRow>> ListAllRunsAsync(this TenantSession session, CampaignRow campaign, CancellationToken cancellationToken) =>
        session.QueryAsync<RunRow>(
            $"{Selection} WHERE owner_id = @OwnerId AND campaign_id = @Id ORDER BY run_time, run_id", new { campaign.OwnerId, campaign.Id }, cancellationToken);
}
