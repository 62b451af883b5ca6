using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Escalations;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Google.Protobuf.WellKnownTypes;
using static Delegation.ProjectDelivery.Tests.Committees.PreparingCommittees;
using static Delegation.ProjectDelivery.Tests.Preparing;
using Kind = Delegation.Delivery.V1.AgendaPoint.Types.Kind;

namespace Delegation.ProjectDelivery.Tests.Committees;

/// <summary>What stands on an agenda without anybody having put it there.</summary>
public sealed class Agendas_that_fill_themselves(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task An_open_escalation_is_a_difficulty_of_the_next_meeting_of_each_committee_and_of_no_later_one()
    {
        var (two, escalation) = await host.Scene.EscalationAsync();
        var (first, second) = (await CommitteeAsync(two), await CommitteeAsync(two));
        var held = await PlanAsync(two, first, TimeSpan.FromHours(-2));
        var (next, later, others) = (await PlanAsync(two, first, TimeSpan.FromDays(3)), await PlanAsync(two, first, TimeSpan.FromDays(10)), await PlanAsync(two, second, TimeSpan.FromDays(40)));

        foreach (var meeting in new[] { next, others })
        {
            var agenda = (await ReadAsync(two, meeting)).Agenda;
            Assert.Equal([Kind.Activities, Kind.Progress, Kind.Difficulties, Kind.Other], agenda.Select(point => point.Kind));
            Assert.Equal(("escalation", escalation.Id, escalation.Title, escalation.RaiseTime), Of(Assert.Single(agenda[2].Items)));
            Assert.Equal(1, agenda[2].ItemCount);
        }

        Assert.Empty((await ReadAsync(two, later)).Agenda[2].Items);
        // It was raised after that one began.
        Assert.Empty((await ReadAsync(two, held)).Agenda[2].Items);
    }

    [PostgresFact]
    public async Task A_meeting_keeps_what_was_open_when_it_began_and_a_closed_escalation_leaves_the_next_one()
    {
        var (two, escalation) = await host.Scene.ResolvedAsync();
        var committee = await CommitteeAsync(two);
        var (begun, next) = (await PlanAsync(two, committee, TimeSpan.Zero), await PlanAsync(two, committee, TimeSpan.FromDays(7)));
        await PreparingEscalations.EscalationsAs(host.Scene, two.Insurer).ConfirmResolutionAsync(
            new ConfirmResolutionRequest { EscalationId = escalation.Id, Etag = escalation.Etag }, deadline: Deadline);

        Assert.Equal(escalation.Id, Assert.Single((await ReadAsync(two, begun)).Agenda[2].Items).ObjectId);
        Assert.Empty((await ReadAsync(two, next)).Agenda[2].Items);
    }

    [PostgresFact]
    public async Task A_late_action_stands_under_the_progress_of_the_next_meeting()
    {
        var (two, action) = await host.Scene.ActionAsync(dueDay: "2026-03-30");
        var meeting = await PlanAsync(two, await CommitteeAsync(two), TimeSpan.FromDays(3));

        var item = Assert.Single((await ReadAsync(two, meeting)).Agenda[1].Items);

        // The day is over in Paris at 22:00 UTC in summer.
        Assert.Equal(("action", action.Id, action.Title, Timestamp.FromDateTime(new DateTime(2026, 3, 30, 22, 0, 0, DateTimeKind.Utc))), Of(item));
    }

    [PostgresFact]
    public async Task Minutes_cannot_leave_out_the_critical_escalations_that_were_open()
    {
        var two = await host.Scene.DelegationAsync();
        var raising = PreparingEscalations.NewEscalation(two.DelegationId);
        raising.Severity = Escalation.Types.Severity.Critical;
        await PreparingEscalations.EscalationsAs(host.Scene, two.Insurer).RaiseEscalationAsync(raising, deadline: Deadline);
        var meeting = await PlanAsync(two, await CommitteeAsync(two), TimeSpan.Zero);
        var request = NewMinutes(meeting);

        var refusal = await Refusals.ThrownBy(Meetings(host.Scene, two.Delegate).RecordMinutesAsync(request, deadline: Deadline));
        request.Period.OpenCriticalIncidents = 1;
        var recorded = await Meetings(host.Scene, two.Delegate).RecordMinutesAsync(request, deadline: Deadline);

        Assert.Equal([("period.open_critical_incidents", "COUNT_BELOW_ESCALATIONS")], refusal.Violations());
        Assert.Equal(1, recorded.Minutes.Period.OpenCriticalIncidents);
    }

    private static (string, string, string, Timestamp) Of(AgendaItem item) => (item.ObjectType, item.ObjectId, item.Title, item.Since);

    private async Task<Committee> CommitteeAsync(TwoParties two) =>
        await CommitteesAs(host.Scene, two.Insurer).CreateCommitteeAsync(NewCommittee(two.DelegationId), deadline: Deadline);

    private async Task<Meeting> PlanAsync(TwoParties two, Committee committee, TimeSpan from)
    {
        var request = NewMeeting(committee.Id);
        request.StartTime = Timestamp.FromDateTime(DateTime.UtcNow + from);
        return await Meetings(host.Scene, two.Insurer).PlanMeetingAsync(request, deadline: Deadline);
    }

    private async Task<Meeting> ReadAsync(TwoParties two, Meeting meeting) =>
        await Meetings(host.Scene, two.Delegate).GetMeetingAsync(new GetMeetingRequest { MeetingId = meeting.Id }, deadline: Deadline);
}
