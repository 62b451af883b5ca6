using Dapper;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Calendar;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Escalations.PreparingEscalations;
using static Delegation.ProjectDelivery.Tests.Preparing;
using Period = Delegation.Delivery.V1.GetEscalationMeasuresRequest.Types.Period;

namespace Delegation.ProjectDelivery.Tests.Escalations;

public sealed class Measures_of_escalations(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Times_and_shares_by_quarter_are_what_counting_by_hand_gives_in_one_statement()
    {
        var two = await host.Scene.DelegationAsync();
        var committee = await new Delivery.V1.Committees.CommitteesClient(host.Scene.As(two.Insurer)).CreateCommitteeAsync(
            Committees.PreparingCommittees.NewCommittee(two.DelegationId), deadline: Deadline);
        await InsertAsync(
            two,
            // A Wednesday: an hour to surface, an hour to acknowledge.
            new("insurer", "2026-03-04T09:00:00Z", "2026-03-04T10:00:00Z", "2026-03-04T11:00:00Z"),
            // Kept for the committee of 2026-03-10, and acknowledged after its four hours.
            new("delegate", "2026-03-06T09:00:00Z", "2026-03-10T15:00:00Z", "2026-03-11T15:00:00Z"),
            // In Paris a day of April; over a night: nothing passes until 9 o'clock.
            new("insurer", "2026-03-31T22:30:00Z", "2026-04-01T06:00:00Z", null));
        await MeetingAsync(two, committee, "2026-03-10T14:00:00Z", "held");
        await MeetingAsync(two, committee, "2026-03-04T09:30:00Z", "cancelled");

        using var statements = new StatementRecorder();
        var measures = await EscalationsAs(host.Scene, two.Delegate).GetEscalationMeasuresAsync(
            new GetEscalationMeasuresRequest { DelegationId = two.DelegationId, Period = Period.Quarter, StartDay = "2026-02-15", EndDay = "2026-12-31" }, deadline: Deadline);

        Assert.Equal(1, statements.Of(host.Database.Name).Count(sql => sql.Contains("FROM escalation", StringComparison.Ordinal)));
        Assert.Equal(["2026-02-15/2026-03-31", "2026-04-01/2026-06-30"], measures.Periods.Select(period => $"{period.StartDay}/{period.EndDay}"));
        // Friday 10:00 to Tuesday 16:00 in Paris: 8 + 9 + 7 hours.
        var (first, second) = (measures.Periods[0], measures.Periods[1]);
        Assert.Equal((2, 1, (60 + 24 * 60) / 2.0, 1, 0.5), (first.Raised, first.RaisedByInsurer, first.SurfaceMedian, first.BeforeCommittee, first.BeforeCommitteeShare));
        Assert.Equal((2, 1, (60 + 9 * 60) / 2.0, 60 + 0.9 * 8 * 60), (first.Acknowledged, first.AcknowledgedInTime, first.AcknowledgeMedian, first.AcknowledgeNinthDecile));
        Assert.Equal((1, 0.0, 1.0, 0, false), (second.Raised, second.SurfaceMedian, second.BeforeCommitteeShare, second.Acknowledged, second.HasAcknowledgeMedian));
        Assert.Equal((3, 2, 2, 60.0), (measures.Total.Raised, measures.Total.RaisedByInsurer, measures.Total.BeforeCommittee, measures.Total.SurfaceMedian));
    }

    [PostgresFact]
    public async Task Without_escalations_there_is_a_total_of_none()
    {
        var two = await host.Scene.DelegationAsync();

        var measures = await EscalationsAs(host.Scene, two.Delegate).GetEscalationMeasuresAsync(
            new GetEscalationMeasuresRequest { DelegationId = two.DelegationId, StartDay = "2026-01-01", EndDay = "2026-12-31" }, deadline: Deadline);

        Assert.Empty(measures.Periods);
        Assert.Equal((0, false, false), (measures.Total.Raised, measures.Total.HasSurfaceMedian, measures.Total.HasBeforeCommitteeShare));
    }

    [PostgresFact]
    public async Task Days_that_are_none_are_refused_by_name()
    {
        var two = await host.Scene.DelegationAsync();
        async Task<string> RefusedAsync(string start, string end, Period period = default) => string.Join(' ', (await Refusals.ThrownBy(
            EscalationsAs(host.Scene, two.Delegate).GetEscalationMeasuresAsync(
                new GetEscalationMeasuresRequest { DelegationId = two.DelegationId, StartDay = start, EndDay = end, Period = period }, deadline: Deadline)))
            .Violations().Select(violation => violation.Reason));

        Assert.Equal("START_DAY_REQUIRED END_DAY_MALFORMED", await RefusedAsync("", "31/12/2026"));
        Assert.Equal("END_BEFORE_START", await RefusedAsync("2026-02-01", "2026-01-01"));
        Assert.Equal("END_TOO_FAR", await RefusedAsync("2026-01-01", "2031-01-02"));
        Assert.Equal("PERIOD_UNKNOWN", await RefusedAsync("2026-01-01", "2026-01-02", (Period)9));
    }

    private async Task InsertAsync(TwoParties two, params Raised[] raised)
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        foreach (var one in raised)
        {
            var (noticed, at) = (DateTimeOffset.Parse(one.Noticed), DateTimeOffset.Parse(one.At));
            DateTimeOffset? acknowledged = one.Acknowledged is null ? null : DateTimeOffset.Parse(one.Acknowledged);
            await connection.ExecuteAsync(
                """
                INSERT INTO escalation (
                    owner_id, delegation_id, delegate_id, escalation_id, side, person_id, state, severity, title, description, notice_time, raise_time,
                    surface_minutes, agreed_hours, due_time, level, level_time, reminded, acknowledge_time, acknowledge_person_id, acknowledge_minutes,
                    cause, resolution, reopen_reason, reopen_count, update_time, revision)
                VALUES (
                    @OwnerId, @DelegationId, @DelegateId, @id, @Side, @id, @state, 'major', 'Alerte', '', @noticed, @at, @surface, 4, @due, 'main_contact', @at,
                    false, @acknowledged, @person, @minutes, '', '', '', 0, @at, 1)
                """,
                new
                {
                    two.Parties.OwnerId, two.Parties.DelegationId, two.Parties.DelegateId, id = Guid.CreateVersion7(), one.Side, noticed, at, acknowledged,
                    state = acknowledged is null ? "raised" : "acknowledged",
                    surface = (long)BusinessHours.Usual.Between(noticed, at).TotalMinutes,
                    due = BusinessHours.Usual.Add(at, TimeSpan.FromHours(4)),
                    person = acknowledged is null ? default(Guid?) : Guid.CreateVersion7(),
                    minutes = acknowledged is null ? default(long?) : (long)BusinessHours.Usual.Between(at, acknowledged.Value).TotalMinutes,
                });
        }
    }

    private async Task MeetingAsync(TwoParties two, Committee committee, string start, string state)
    {
        var request = Committees.PreparingCommittees.NewMeeting(committee.Id);
        request.StartTime = Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(start));
        var client = Committees.PreparingCommittees.Meetings(host.Scene, two.Insurer);
        var meeting = await client.PlanMeetingAsync(request, deadline: Deadline);
        if (state == "held")
        {
            await client.RecordMinutesAsync(Committees.PreparingCommittees.NewMinutes(meeting), deadline: Deadline);
            return;
        }

        var cancelling = Committees.PreparingCommittees.Whole(meeting);
        cancelling.Cancelled = true;
        await client.UpdateMeetingAsync(cancelling, deadline: Deadline);
    }

    private sealed record Raised(string Side, string Noticed, string At, string? Acknowledged);
}
