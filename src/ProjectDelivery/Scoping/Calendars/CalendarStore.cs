using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;

namespace Delegation.ProjectDelivery.Scoping.Calendars;

/// <summary>Calendars in the database, within a project that the caller was found to take part in.</summary>
internal static class CalendarStore
{
    /// <summary>A calendar whole: three statements.</summary>
    public static async Task<CalendarNow> ReadCalendarAsync(this TenantSession session, ProjectRow project, CancellationToken cancellationToken)
    {
        var consents = await session.FindAsync<CalendarConsents>(
            """
            SELECT version, agreed_sha256 AS agreedsha256, insurer_sha256 AS insurersha256, insurer_consent_time AS insurerconsenttime,
                   delegate_sha256 AS delegatesha256, delegate_consent_time AS delegateconsenttime, revision
            FROM project_calendar
            WHERE owner_id = @OwnerId AND project_id = @Id
            """,
            new { project.OwnerId, project.Id },
            cancellationToken) ?? CalendarConsents.None;
        var milestones = await session.QueryAsync<Milestone>(
            """
            SELECT g.goal_id AS id, g.title, g.due_day AS dueday, g.state, b.due_day AS baselineday
            FROM goal g
            LEFT JOIN calendar_baseline b ON b.owner_id = g.owner_id AND b.project_id = g.project_id AND b.goal_id = g.goal_id AND b.version = @Version
            WHERE g.owner_id = @OwnerId AND g.project_id = @Id AND g.kind = 'milestone' AND g.state <> 'dropped'
            ORDER BY g.due_day, g.goal_id
            LIMIT 500
            """,
            new { project.OwnerId, project.Id, consents.Version },
            cancellationToken);
        var dependencies = await session.QueryAsync<Dependency>(
            """
            SELECT goal_id AS goalid, after_goal_id AS aftergoalid, lag_days AS lagdays
            FROM milestone_dependency
            WHERE owner_id = @OwnerId AND project_id = @Id
            ORDER BY goal_id, after_goal_id
            """,
            new { project.OwnerId, project.Id },
            cancellationToken);
        return new CalendarNow(project, milestones, dependencies, consents);
    }

    /// <summary>What one milestone comes after, in place of what was said before.</summary>
    public static async Task ReplaceDependenciesAsync(
        this TenantSession session, ProjectRow project, Guid goalId, IReadOnlyList<Dependency> after, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            "DELETE FROM milestone_dependency WHERE owner_id = @OwnerId AND project_id = @Id AND goal_id = @goalId", new { project.OwnerId, project.Id, goalId }, cancellationToken);
        await session.ExecuteAsync(
            """
            INSERT INTO milestone_dependency (owner_id, delegation_id, delegate_id, project_id, goal_id, after_goal_id, lag_days)
            SELECT @OwnerId, @DelegationId, @DelegateId, @Id, @goalId, d.*
            FROM unnest(@befores, @lags) AS d
            """,
            new
            {
                project.OwnerId,
                project.DelegationId,
                project.DelegateId,
                project.Id,
                goalId,
                befores = after.Select(dependency => dependency.AfterGoalId).ToArray(),
                lags = after.Select(dependency => dependency.LagDays).ToArray(),
            },
            cancellationToken);
    }

    public static Task SaveConsentsAsync(this TenantSession session, ProjectRow project, CalendarConsents consents, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO project_calendar (
            owner_id, delegation_id, delegate_id, project_id, version, agreed_sha256, insurer_sha256, insurer_consent_time, delegate_sha256,
            delegate_consent_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @Id, @Version, @AgreedSha256, @InsurerSha256, @InsurerConsentTime, @DelegateSha256,
            @DelegateConsentTime, @Revision)
        ON CONFLICT (owner_id, project_id) DO UPDATE SET
            version = @Version, agreed_sha256 = @AgreedSha256, insurer_sha256 = @InsurerSha256, insurer_consent_time = @InsurerConsentTime,
            delegate_sha256 = @DelegateSha256, delegate_consent_time = @DelegateConsentTime, revision = @Revision
        """,
        new
        {
            project.OwnerId,
            project.DelegationId,
            project.DelegateId,
            project.Id,
            consents.Version,
            consents.AgreedSha256,
            consents.InsurerSha256,
            consents.InsurerConsentTime,
            consents.DelegateSha256,
            consents.DelegateConsentTime,
            consents.Revision,
        },
        cancellationToken);

    /// <summary>The days that both sides agreed on are kept under the number of the agreement.</summary>
    public static Task KeepBaselineAsync(this TenantSession session, CalendarNow calendar, int version, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO calendar_baseline (owner_id, delegation_id, delegate_id, project_id, version, goal_id, due_day)
        SELECT @OwnerId, @DelegationId, @DelegateId, @Id, @version, d.*
        FROM unnest(@goals, @days) AS d
        """,
        new
        {
            calendar.Project.OwnerId,
            calendar.Project.DelegationId,
            calendar.Project.DelegateId,
            calendar.Project.Id,
            version,
            goals = calendar.Milestones.Select(milestone => milestone.Id).ToArray(),
            days = calendar.Milestones.Select(milestone => milestone.DueDay).ToArray(),
        },
        cancellationToken);
}
