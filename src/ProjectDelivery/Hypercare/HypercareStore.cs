using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;

namespace Delegation.ProjectDelivery.Hypercare;

/// <summary>Hypercare in the database: one statement per call, within a project that the caller was found to take part in.</summary>
internal static class HypercareStore
{
    /// <summary>
    /// The hypercare of a project. Until a side sets other terms they are those of the platform: thirty days observed, two weeks counted, nine of
    /// ten operations closed, within ten working days, fifty looked at one by one.
    /// </summary>
    public static async Task<HypercareRow> ReadHypercareAsync(this TenantSession session, ProjectRow project, CancellationToken cancellationToken) =>
        (await session.FindAsync<HypercareRow>(
            """
            SELECT p.project_id AS projectid, coalesce(h.observe_days, 30) AS observedays, coalesce(h.window_days, 14) AS windowdays,
                   coalesce(h.least_closed_percent, 90) AS leastclosedpercent, coalesce(h.most_working_days, 10) AS mostworkingdays,
                   coalesce(h.first_operations, 50) AS firstoperations, coalesce(h.terms_revision, 0) AS termsrevision,
                   h.insurer_agree_time AS insureragreetime, h.delegate_agree_time AS delegateagreetime, h.insurer_release_time AS insurerreleasetime,
                   h.delegate_release_time AS delegatereleasetime, h.release_time AS releasetime, coalesce(h.revision, 0) AS revision,
                   g.pass_time AS runstarttime, c.right_operations AS rightoperations, c.wrong_operations AS wrongoperations, a.open_adjustments AS openadjustments
            FROM project p
            LEFT JOIN hypercare h ON h.owner_id = p.owner_id AND h.project_id = p.project_id
            LEFT JOIN gate g ON g.owner_id = p.owner_id AND g.project_id = p.project_id AND g.gate = 'to_run'
            CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE c.verdict = 'right')::integer AS right_operations, count(*) FILTER (WHERE c.verdict = 'wrong')::integer AS wrong_operations
                FROM operation_check c
                WHERE c.owner_id = p.owner_id AND c.project_id = p.project_id) c
            CROSS JOIN LATERAL (
                SELECT count(*)::integer AS open_adjustments
                FROM adjustment a
                WHERE a.owner_id = p.owner_id AND a.project_id = p.project_id AND a.state IN ('open', 'applied')) a
            WHERE p.owner_id = @OwnerId AND p.project_id = @Id
            """,
            new { project.OwnerId, project.Id },
            cancellationToken))!;

    public static Task SaveHypercareAsync(this TenantSession session, ProjectRow project, HypercareRow hypercare, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            INSERT INTO hypercare (
                owner_id, delegation_id, delegate_id, project_id, observe_days, window_days, least_closed_percent, most_working_days, first_operations,
                terms_revision, insurer_agree_time, delegate_agree_time, insurer_release_time, delegate_release_time, release_time, revision)
            VALUES (
                @OwnerId, @DelegationId, @DelegateId, @ProjectId, @ObserveDays, @WindowDays, @LeastClosedPercent, @MostWorkingDays, @FirstOperations,
                @TermsRevision, @InsurerAgreeTime, @DelegateAgreeTime, @InsurerReleaseTime, @DelegateReleaseTime, @ReleaseTime, @Revision)
            ON CONFLICT (owner_id, project_id) DO UPDATE SET
                observe_days = excluded.observe_days, window_days = excluded.window_days, least_closed_percent = excluded.least_closed_percent,
                most_working_days = excluded.most_working_days, first_operations = excluded.first_operations, terms_revision = excluded.terms_revision,
                insurer_agree_time = excluded.insurer_agree_time, delegate_agree_time = excluded.delegate_agree_time,
                insurer_release_time = excluded.insurer_release_time, delegate_release_time = excluded.delegate_release_time,
                release_time = excluded.release_time, revision = excluded.revision
            """,
            new
            {
                project.OwnerId,
                project.DelegationId,
                project.DelegateId,
                hypercare.ProjectId,
                hypercare.ObserveDays,
                hypercare.WindowDays,
                hypercare.LeastClosedPercent,
                hypercare.MostWorkingDays,
                hypercare.FirstOperations,
                hypercare.TermsRevision,
                hypercare.InsurerAgreeTime,
                hypercare.DelegateAgreeTime,
                hypercare.InsurerReleaseTime,
                hypercare.DelegateReleaseTime,
                hypercare.ReleaseTime,
                hypercare.Revision,
            },
            cancellationToken);
}
