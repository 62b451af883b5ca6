using Delegation.Delivery.V1;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Google.Protobuf.WellKnownTypes;
using static Delegation.ProjectDelivery.Tests.Committees.PreparingCommittees;
using static Delegation.ProjectDelivery.Tests.Preparing;
using Commitments = Delegation.Delivery.V1.PeriodAssessment.Types.Commitments;

namespace Delegation.ProjectDelivery.Tests.Committees;

/// <summary>What becomes of a breach that Reporting told, a commitment that was missed or a report that came late: the committees meet more often at once, and it is on their next agenda.</summary>
public sealed class Breaches_of_commitments(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_breach_tightens_the_operational_committee_at_once_and_says_why_and_the_executive_one_only_when_it_is_repeated()
    {
        var two = await host.Scene.DelegationAsync();
        var (operational, executive) = (await RelaxedAsync(two, CommitteeLevel.OperationalCommittee), await RelaxedAsync(two, CommitteeLevel.ExecutiveCommittee));
        Assert.Equal((CadenceStep.Fortnightly, CadenceStep.Fortnightly), (operational.Cadence.Step, executive.Cadence.Step));

        Tell(two, Breached("2026-04-01", "2026-04-30"));
        // One piece of news, however many commitments were missed.
        Tell(two, Breached("2026-04-01", "2026-04-30"));
        var tightened = await UntilAsync(two, operational, committee => committee.Cadence.Step == CadenceStep.Weekly);
        Assert.Equal(CadenceReason.BreachBeyondTolerance, tightened.Cadence.Reason);
        Assert.Contains("missed beyond tolerance", tightened.Cadence.Explanation, StringComparison.Ordinal);
        Assert.Equal((CadenceStep.Fortnightly, 0), Of(await UntilAsync(two, executive, committee => committee.Cadence.Reason == CadenceReason.BreachBeyondTolerance)));

        Tell(two, Breached("2026-05-01", "2026-05-31"));
        Assert.Equal(CadenceReason.RepeatedBreach, (await UntilAsync(two, executive, committee => committee.Cadence.Step == CadenceStep.Weekly)).Cadence.Reason);
    }

    [PostgresFact]
    public async Task A_breach_is_a_difficulty_of_the_next_meeting_with_where_it_comes_from_until_another_measure_takes_its_place()
    {
        var two = await host.Scene.DelegationAsync();
        var committee = await CommitteeAsync(two, CommitteeLevel.OperationalCommittee);
        var next = await PlanAsync(two, committee, TimeSpan.FromDays(3));
        var breach = Breached("2026-04-01", "2026-04-30");
        Tell(two, breach);

        await Eventually.Async(async () => (await ReadAsync(two, next)).Agenda[2].Items.Count == 1);
        var item = Assert.Single((await ReadAsync(two, next)).Agenda[2].Items);
        Assert.Equal(
            ("commitment_measure", breach.Measure.Id, "Réponse aux devis, 2026-04-01 – 2026-04-30: 93.10 for a target of 95.00"), (item.ObjectType, item.ObjectId, item.Title));
        Assert.Equal(1, (await ReadAsync(two, next)).Agenda[2].ItemCount);

        Tell(two, new MeasureSuperseded { Measure = breach.Measure }, breach.Measure.Id, revision: 2);
        await Eventually.Async(async () => (await ReadAsync(two, next)).Agenda[2].Items.Count == 0);
    }

    [PostgresFact]
    public async Task Minutes_cannot_leave_a_breach_out_and_do_not_tighten_a_second_time()
    {
        var two = await host.Scene.DelegationAsync();
        var committee = await RelaxedAsync(two, CommitteeLevel.OperationalCommittee, relaxations: 2);
        Assert.Equal(CadenceStep.Monthly, committee.Cadence.Step);
        Tell(two, Breached("2026-04-01", "2026-04-30"));
        await UntilAsync(two, committee, changed => changed.Cadence.Step == CadenceStep.Fortnightly);
        var meeting = await PlanAsync(two, committee, TimeSpan.Zero);

        var refusal = await Refusals.ThrownBy(Meetings(host.Scene, two.Insurer).RecordMinutesAsync(NewMinutes(meeting), deadline: Deadline));
        Assert.Equal([("period.commitments", "COMMITMENTS_BELOW_BREACHES")], refusal.Violations());

        await Meetings(host.Scene, two.Insurer).RecordMinutesAsync(NewMinutes(meeting, Commitments.BeyondTolerance), deadline: Deadline);
        Assert.Equal(CadenceStep.Fortnightly, (await host.Scene.ReadAsync(two.Insurer, committee.Id)).Cadence.Step);
    }

    [PostgresFact]
    public async Task A_report_that_is_late_tightens_the_operational_committee_and_is_a_difficulty_of_its_next_meeting_that_says_when_it_came()
    {
        var two = await host.Scene.DelegationAsync();
        var committee = await RelaxedAsync(two, CommitteeLevel.OperationalCommittee);
        var next = await PlanAsync(two, committee, TimeSpan.FromDays(3));
        var late = Late("2026-04-01", "2026-04-30", "2026-05-15");
        Tell(two, new ReportLate { Report = late });

        var tightened = await UntilAsync(two, committee, changed => changed.Cadence.Step == CadenceStep.Weekly);
        Assert.Equal((CadenceReason.ReportLate, "Every week: a report was not published by its due day."), (tightened.Cadence.Reason, tightened.Cadence.Explanation));
        var point = (await ReadAsync(two, next)).Agenda[2];
        Assert.Equal(
            ("report", late.Id, "Tableau de bord, 2026-04-01 – 2026-04-30: due on 2026-05-15, not published", 1),
            (point.Items[0].ObjectType, point.Items[0].ObjectId, point.Items[0].Title, point.ItemCount));

        // What was measured of the same period is one piece of news with it, and another difficulty.
        Tell(two, Breached("2026-04-01", "2026-04-30"));
        late.PublishTime = Timestamp.FromDateTime(new DateTime(2026, 5, 18, 22, 30, 0, DateTimeKind.Utc));
        Tell(two, Published(late), revision: 3);
        await Eventually.Async(async () => (await ReadAsync(two, next)).Agenda[2].Items.Any(item => item.Title.EndsWith("due on 2026-05-15, published on 2026-05-19", StringComparison.Ordinal)));
        Assert.Equal(2, (await ReadAsync(two, next)).Agenda[2].ItemCount);
        Assert.Equal(tightened.Etag, (await host.Scene.ReadAsync(two.Insurer, committee.Id)).Etag);
    }

    [PostgresFact]
    public async Task A_report_that_was_published_late_before_anybody_noticed_is_a_breach_too_and_one_in_time_is_none()
    {
        var two = await host.Scene.DelegationAsync();
        var executive = await RelaxedAsync(two, CommitteeLevel.ExecutiveCommittee);
        var (inTime, first, second) = (Late("2026-03-01", "2026-03-31", "2026-04-15"), Late("2026-04-01", "2026-04-30", "2026-05-15"), Late("2026-05-01", "2026-05-31", "2026-06-15"));
        inTime.LateTime = null;

        foreach (var report in new[] { inTime, first })
            Tell(two, Published(report));
        Assert.Equal((CadenceStep.Fortnightly, 0), Of(await UntilAsync(two, executive, committee => committee.Cadence.Reason == CadenceReason.ReportLate)));

        Tell(two, new ReportLate { Report = second });
        Assert.Equal(CadenceReason.RepeatedBreach, (await UntilAsync(two, executive, committee => committee.Cadence.Step == CadenceStep.Weekly)).Cadence.Reason);
    }

    private static Report Late(string start, string end, string due) => new()
    {
        Id = Guid.CreateVersion7().ToString(), Title = "Tableau de bord", Kind = Report.Types.Kind.Operational, PeriodStartDay = start, PeriodEndDay = end, DueDay = due,
        Late = true, LateTime = Timestamp.FromDateTime(new DateTime(2026, 5, 15, 22, 0, 0, DateTimeKind.Utc)),
    };

    private static ReportPublished Published(Report report) => new()
    {
        Report = report,
        Version = new ReportVersion { Version = 1, Sha256 = new string('a', 64), PublishTime = Timestamp.FromDateTime(DateTime.UtcNow) },
    };

    private void Tell(TwoParties two, ReportLate late) => host.Reporting.Journal.Tell(two.Parties, late, "report", Guid.Parse(late.Report.Id), revision: 2);

    private void Tell(TwoParties two, ReportPublished published, long revision = 2) =>
        host.Reporting.Journal.Tell(two.Parties, published, "report", Guid.Parse(published.Report.Id), revision);

    private static (CadenceStep, int) Of(Committee committee) => (committee.Cadence.Step, committee.Cadence.GoodPeriods);

    private static CommitmentBreached Breached(string start, string end) => new()
    {
        Measure = new CommitmentMeasure
        {
            Id = Guid.CreateVersion7().ToString(), Title = "Réponse aux devis", PeriodStartDay = start, PeriodEndDay = end, MeasuredHundredths = 93_10, TargetHundredths = 95_00,
            Verdict = CommitmentMeasure.Types.Verdict.Breached,
        },
        RecordedStartDay = start,
        RecordedEndDay = end,
    };

    private void Tell(TwoParties two, CommitmentBreached breached) => Tell(two, breached, breached.Measure.Id, revision: 1);

    private void Tell(TwoParties two, Google.Protobuf.IMessage happened, string measureId, long revision) =>
        host.Reporting.Journal.Tell(two.Parties, happened, "commitment_measure", Guid.Parse(measureId), revision);

    private async Task<Committee> UntilAsync(TwoParties two, Committee committee, Func<Committee, bool> isSo)
    {
        await Eventually.Async(async () => isSo(await host.Scene.ReadAsync(two.Insurer, committee.Id)));
        return await host.Scene.ReadAsync(two.Insurer, committee.Id);
    }

    private async Task<Committee> CommitteeAsync(TwoParties two, CommitteeLevel level)
    {
        var request = NewCommittee(two.DelegationId);
        request.Level = level;
        return await CommitteesAs(host.Scene, two.Insurer).CreateCommitteeAsync(request, deadline: Deadline);
    }

    // After good periods that both sides agreed on.
    private async Task<Committee> RelaxedAsync(TwoParties two, CommitteeLevel level, int relaxations = 1)
    {
        var committee = await CommitteeAsync(two, level);
        for (var relaxation = 0; relaxation < relaxations; relaxation++)
        {
            var meeting = await PlanAsync(two, committee, TimeSpan.FromHours(-2 + relaxation));
            var held = await Meetings(host.Scene, two.Insurer).RecordMinutesAsync(NewMinutes(meeting), deadline: Deadline);
            await Meetings(host.Scene, two.Delegate).ConfirmMinutesAsync(new ConfirmMinutesRequest { MeetingId = held.Id, Etag = held.Etag }, deadline: Deadline);
            var step = committee.Steps[relaxation + 1];
            foreach (var side in new[] { two.Insurer, two.Delegate })
                committee = await CommitteesAs(host.Scene, side).ConfirmRelaxationAsync(new ConfirmRelaxationRequest { CommitteeId = committee.Id, Step = step }, deadline: Deadline);
        }

        return committee;
    }

    private async Task<Meeting> PlanAsync(TwoParties two, Committee committee, TimeSpan from)
    {
        var request = NewMeeting(committee.Id);
        request.StartTime = Timestamp.FromDateTime(DateTime.UtcNow + from);
        return await Meetings(host.Scene, two.Insurer).PlanMeetingAsync(request, deadline: Deadline);
    }

    private async Task<Meeting> ReadAsync(TwoParties two, Meeting meeting) =>
        await Meetings(host.Scene, two.Delegate).GetMeetingAsync(new GetMeetingRequest { MeetingId = meeting.Id }, deadline: Deadline);
}
