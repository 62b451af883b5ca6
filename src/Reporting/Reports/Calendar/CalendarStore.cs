using Delegation.Persistence.Tenancy;

namespace Delegation.Reporting.Reports.Calendar;

/// <summary>Reporting calendars in the database, for what runs without a caller.</summary>
internal static class CalendarStore
{
    private const string Columns =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, calendar_id AS calendarid, project_id AS projectid, kind, title,
               periodicity, due_days AS duedays, counting, next_period_day AS nextperiodday, ended
        FROM report_calendar
        """;

    public static Task<CalendarRow?> LockCalendarAsync(this SystemSession session, Guid ownerId, Guid calendarId, CancellationToken cancellationToken) =>
        session.FindAsync<CalendarRow>($"{Columns} WHERE owner_id = @ownerId AND calendar_id = @calendarId FOR UPDATE", new { ownerId, calendarId }, cancellationToken);

    /// <summary>The calendars that an earlier catalogue of a project brought.</summary>
    public static Task<IReadOnlyList<CalendarRow>> LockCalendarsAsync(
        this SystemSession session, Guid ownerId, Guid delegationId, Guid projectId, CancellationToken cancellationToken) =>
        session.QueryAsync<CalendarRow>(
            $"{Columns} WHERE owner_id = @ownerId AND delegation_id = @delegationId AND project_id = @projectId ORDER BY calendar_id FOR UPDATE",
            new { ownerId, delegationId, projectId },
            cancellationToken);

    public static Task SaveCalendarAsync(this SystemSession session, CalendarRow row, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"""
        {Delegations.Know}
        INSERT INTO report_calendar (owner_id, delegation_id, delegate_id, calendar_id, project_id, kind, title, periodicity, due_days, counting, next_period_day, ended)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @CalendarId, @ProjectId, @Kind, @Title, @Periodicity, @DueDays, @Counting, @NextPeriodDay, @Ended)
        ON CONFLICT (owner_id, delegation_id, calendar_id) DO UPDATE
        SET kind = excluded.kind, title = excluded.title, periodicity = excluded.periodicity, due_days = excluded.due_days, counting = excluded.counting,
            next_period_day = excluded.next_period_day, ended = excluded.ended
        """,
        row,
        cancellationToken);

    public static async Task<bool> IsOpenAsync(this SystemSession session, CalendarRow row, CancellationToken cancellationToken) =>
        await session.FindAsync<string>(
            "SELECT state FROM delegation WHERE owner_id = @OwnerId AND delegation_id = @DelegationId", new { row.OwnerId, row.DelegationId }, cancellationToken) == "open";
}
