using Delegation.Access.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Calendar;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>
/// Looks each day at what a committee waits for, and puts it on the work lists of both sides, of which either can do it: a meeting that is due by the
/// cadence and that nobody planned, and minutes of a meeting that is over and that nobody wrote.
/// </summary>
internal sealed class MeetingReminders(TimeProvider clock) : IDueWork
{
    private const int DaysAhead = 10;
    private const int DaysToWrite = 5;

    private static readonly Side[] Sides = [Side.Insurer, Side.Delegate];

    /// <inheritdoc/>
    public string Kind => "committee.meetings";

    /// <summary>Begins on the day after a committee was set up.</summary>
    public Task BeginAsync(TenantSession session, CommitteeRow committee, CancellationToken cancellationToken) =>
        session.ScheduleAsync(Kind, committee.OwnerId, committee.DelegationId, committee.Id, Tomorrow, cancellationToken);

    /// <summary>Somebody planned a meeting.</summary>
    public Task PlannedAsync(TenantSession session, MeetingRow meeting, CancellationToken cancellationToken) =>
        CloseAsync(session, "meeting.plan", CadenceChange.ObjectType, meeting.CommitteeId, cancellationToken);

    /// <summary>Somebody wrote minutes, or the meeting is put off or cancelled.</summary>
    public Task SettledAsync(TenantSession session, MeetingRow meeting, CancellationToken cancellationToken) =>
        CloseAsync(session, "minutes.write", MinutesConfirmation.ObjectType, meeting.Id, cancellationToken);

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await session.LockCommitteeAsync(item.OwnerId, item.ObjectId, cancellationToken) is not { } committee)
            return;

        var planned = await session.ListPlannedAsync(committee, cancellationToken);
        var nextDay = DayField.ReadOptional("", committee.ToMessage(now, language: null).Cadence.NextMeetingDay, new List<FieldViolation>())!.Value;
        if (planned.All(meeting => meeting.StartTime <= now.UtcDateTime) && nextDay <= BusinessCalendar.Ouvres.Add(ParisDays.DayAt(now), DaysAhead))
            await OpenAsync(
                session, committee, "meeting.plan", CadenceChange.ObjectType, committee.Id,
                new LocalizedText($"Plan the next meeting: {committee.Name}", $"Planifier la prochaine réunion : {committee.Name}"), nextDay, cancellationToken);
        foreach (var meeting in planned.Where(meeting => meeting.StartTime.AddMinutes(meeting.MinutesLong) <= now.UtcDateTime))
            await OpenAsync(
                session, committee, "minutes.write", MinutesConfirmation.ObjectType, meeting.Id,
                new LocalizedText($"Write the minutes: {committee.Name}", $"Rédiger le compte rendu : {committee.Name}"),
                BusinessCalendar.Ouvres.Add(ParisDays.DayAt(meeting.StartTime), DaysToWrite), cancellationToken);

        await session.ScheduleAsync(Kind, item.OwnerId, item.ObjectId, Tomorrow, cancellationToken);
    }

    private DateTimeOffset Tomorrow => ParisDays.EndOf(ParisDays.DayAt(clock.GetUtcNow()));

    private async Task OpenAsync(
        SystemSession session, CommitteeRow committee, string kind, string objectType, Guid objectId, LocalizedText title, DateOnly dueDay, CancellationToken cancellationToken)
    {
        foreach (var side in Sides)
            await session.OpenWorkItemAsync(
                new OpenWork(new WorkItemKey(kind, objectType, objectId, side), committee.OwnerId, committee.DelegationId, committee.DelegateId, title)
                {
                    Roles = [.. CadenceChange.Leads, Role.Operations],
                    DueDay = dueDay,
                },
                clock, cancellationToken);
    }

    private async Task CloseAsync(TenantSession session, string kind, string objectType, Guid objectId, CancellationToken cancellationToken)
    {
        foreach (var side in Sides)
            await session.CloseWorkItemAsync(new WorkItemKey(kind, objectType, objectId, side), clock, cancellationToken);
    }
}
