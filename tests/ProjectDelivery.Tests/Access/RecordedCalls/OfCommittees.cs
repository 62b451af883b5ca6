using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Committees;
using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfCommittees : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(Delivery.V1.Committees.Descriptor, "CreateCommittee", Leads, async scene =>
        {
            var two = await scene.DelegationAsync();
            return (two.Delegate, PreparingCommittees.NewCommittee(two.DelegationId));
        }),
        new(Delivery.V1.Committees.Descriptor, "GetCommittee", Who.AnyMember(), async scene =>
        {
            var (two, committee) = await scene.CommitteeAsync();
            return (two.Delegate, new GetCommitteeRequest { CommitteeId = committee.Id });
        }),
        new(Delivery.V1.Committees.Descriptor, "ListCommittees", Who.AnyMember(), async scene =>
        {
            var (two, committee) = await scene.CommitteeAsync();
            return (two.Delegate, new ListCommitteesRequest { DelegationId = committee.DelegationId });
        }),
        new(Delivery.V1.Committees.Descriptor, "SetCommitteeRoles", Leads, async scene =>
        {
            var (two, committee) = await scene.CommitteeAsync();
            return (two.Delegate, new SetCommitteeRolesRequest { CommitteeId = committee.Id, Roles = { Role.Operations }, Etag = committee.Etag });
        }),
        new(Delivery.V1.Committees.Descriptor, "ConfirmRelaxation", Who.BothSides(Role.DelegationManager, Role.ProjectLead), async scene =>
        {
            var (two, committee) = await scene.OfferAsync();
            return (two.Delegate, new ConfirmRelaxationRequest { CommitteeId = committee.Id, Step = CadenceStep.Fortnightly });
        }),
        new(Delivery.V1.Committees.Descriptor, "GetCalendar", Who.AnyMember(), async scene =>
        {
            var (two, _) = await scene.MeetingAsync();
            return (two.Delegate, new GetCalendarRequest { DelegationId = two.DelegationId });
        }),
        new(Meetings.Descriptor, "PlanMeeting", Doers, async scene =>
        {
            var (two, committee) = await scene.CommitteeAsync();
            return (two.Delegate, PreparingCommittees.NewMeeting(committee.Id));
        }),
        new(Meetings.Descriptor, "GetMeeting", Who.AnyMember(), async scene =>
        {
            var (two, meeting) = await scene.MinutesAsync();
            return (two.Delegate, new GetMeetingRequest { MeetingId = meeting.Id });
        }),
        new(Meetings.Descriptor, "ListMeetings", Who.AnyMember(), async scene =>
        {
            var (two, meeting) = await scene.MeetingAsync();
            return (two.Delegate, new ListMeetingsRequest { CommitteeId = meeting.CommitteeId });
        }),
        new(Meetings.Descriptor, "UpdateMeeting", Doers, async scene =>
        {
            var (two, meeting) = await scene.MeetingAsync();
            return (two.Delegate, PreparingCommittees.Whole(meeting));
        }),
        new(Meetings.Descriptor, "RecordMinutes", Doers, async scene =>
        {
            var (two, meeting) = await scene.MeetingAsync();
            return (two.Delegate, PreparingCommittees.NewMinutes(meeting));
        }),
        new(Meetings.Descriptor, "ConfirmMinutes", Who.BothSides(Role.DelegationManager, Role.ProjectLead), async scene =>
        {
            var (two, meeting) = await scene.MinutesAsync();
            return (two.Delegate, new ConfirmMinutesRequest { MeetingId = meeting.Id, Etag = meeting.Etag });
        }),
    ];

    private static AccessRule Leads => Who.Members(Role.DelegationManager, Role.ProjectLead);

    private static AccessRule Doers => Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Operations);
}
