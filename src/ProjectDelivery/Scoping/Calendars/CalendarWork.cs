using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Scoping.Calendars;

/// <summary>A calendar that one side agreed on waits for the other.</summary>
internal static class CalendarWork
{
    public const string ObjectType = "project_calendar";

    public static async Task KeepCalendarWorkAsync(this TenantSession session, CalendarNow calendar, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var (side, other) in new[] { (Side.Insurer, Side.Delegate), (Side.Delegate, Side.Insurer) })
        {
            var key = new WorkItemKey("calendar.validate", ObjectType, calendar.Project.Id, side);
            if (calendar.ConsentOf(other) is null || calendar.ConsentOf(side) is not null)
                await session.CloseWorkItemAsync(key, clock, cancellationToken);
            else
                await session.OpenWorkItemAsync(
                    new OpenWork(
                        key, calendar.Project.OwnerId, calendar.Project.DelegationId, calendar.Project.DelegateId,
                        new LocalizedText($"{calendar.Project.Name}: agree on the calendar", $"{calendar.Project.Name} : valider le calendrier"))
                    {
                        Roles = [Role.DelegationManager, Role.ProjectLead],
                    },
                    clock, cancellationToken);
        }
    }
}
