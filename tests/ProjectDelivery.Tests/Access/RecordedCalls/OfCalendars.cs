using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Scoping;
using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfCalendars : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(ProjectCalendars.Descriptor, "GetProjectCalendar", Who.AnyMember(), async scene =>
        {
            var (two, calendar) = await scene.CalendarAsync();
            return (two.Delegate, new GetProjectCalendarRequest { ProjectId = calendar.ProjectId });
        }),
        new(ProjectCalendars.Descriptor, "SetMilestoneDependencies", Leads, async scene =>
        {
            var (two, calendar) = await scene.CalendarAsync();
            return (two.Delegate, PreparingCalendars.After(calendar, 1, 0, 5));
        }),
        new(ProjectCalendars.Descriptor, "ValidateProjectCalendar", Who.BothSides(Role.DelegationManager, Role.ProjectLead), async scene =>
        {
            var (two, calendar) = await scene.CalendarAsync();
            return (two.Delegate, new ValidateProjectCalendarRequest { ProjectId = calendar.ProjectId, Etag = calendar.Etag });
        }),
    ];

    private static AccessRule Leads => Who.Members(Role.DelegationManager, Role.ProjectLead);
}
