using Delegation.Delivery.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Scoping.Calendars;

/// <summary>Moves the milestones that came to be too early for what they come after, with the project locked.</summary>
internal static class Rescheduling
{
    /// <summary>The calendar as it is since.</summary>
    public static async Task<CalendarNow> RescheduleAsync(this TenantSession session, ProjectRow project, TimeProvider clock, CancellationToken cancellationToken)
    {
        var calendar = await session.ReadCalendarAsync(project, cancellationToken);
        var moved = MilestonePlan.Moved(calendar.Milestones, calendar.Dependencies, milestone => milestone.State == Goal.Types.State.Reached.Stored());
        foreach (var (id, day) in moved)
        {
            var goal = (await session.FindGoalAsync(project, id, cancellationToken)).ValueOrStatus();
            var later = goal with { DueDay = day, UpdateTime = clock.GetUtcNow().InMicroseconds(), Revision = goal.Revision + 1 };
            await session.UpdateGoalAsync(later, cancellationToken);
            await session.AppendAsync(later.Parties.Entry("goal", later.Id, later.Revision, new GoalUpdated { Goal = later.ToMessage() }), clock, cancellationToken);
        }

        return calendar with
        {
            Milestones = [.. calendar.Milestones.Select(milestone => moved.TryGetValue(milestone.Id, out var day) ? milestone with { DueDay = day } : milestone)
                .OrderBy(milestone => (milestone.DueDay, milestone.Id))],
        };
    }
}
