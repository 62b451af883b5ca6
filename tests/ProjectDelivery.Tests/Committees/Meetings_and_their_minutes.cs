using System.Text.Json;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using static Delegation.ProjectDelivery.Tests.Committees.PreparingCommittees;
using static Delegation.ProjectDelivery.Tests.Preparing;
using Commitments = Delegation.Delivery.V1.PeriodAssessment.Types.Commitments;
using Kind = Delegation.Delivery.V1.AgendaPoint.Types.Kind;
using State = Delegation.Delivery.V1.Meeting.Types.State;

namespace Delegation.ProjectDelivery.Tests.Committees;

public sealed class Meetings_and_their_minutes(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task An_agenda_always_begins_with_the_three_standing_points()
    {
        var (two, meeting) = await host.Scene.MeetingAsync();
        Assert.Equal([Kind.Activities, Kind.Progress, Kind.Difficulties, Kind.Other], meeting.Agenda.Select(point => point.Kind));

        var request = PreparingCommittees.Whole(meeting);
        request.Points.Clear();
        var changed = await Meetings(host.Scene, two.Delegate).UpdateMeetingAsync(request, deadline: Deadline);

        Assert.Equal([Kind.Activities, Kind.Progress, Kind.Difficulties], changed.Agenda.Select(point => point.Kind));
    }

    [PostgresFact]
    public async Task Minutes_of_one_side_take_effect_with_the_confirmation_of_the_other()
    {
        var (two, meeting) = await host.Scene.MinutesAsync();
        var confirm = new ConfirmMinutesRequest { MeetingId = meeting.Id, Etag = meeting.Etag };
        Assert.Equal(State.Held, meeting.State);
        Assert.Equal(0, (await host.Scene.ReadAsync(two.Insurer, meeting.CommitteeId)).Cadence.GoodPeriods);

        var own = await Refusals.ThrownBy(Meetings(host.Scene, two.Insurer).ConfirmMinutesAsync(confirm, deadline: Deadline));
        var confirmed = await Meetings(host.Scene, two.Delegate).ConfirmMinutesAsync(confirm, deadline: Deadline);
        var again = await Refusals.ThrownBy(Meetings(host.Scene, two.Delegate).RecordMinutesAsync(NewMinutes(confirmed), deadline: Deadline));

        Assert.Equal(["MINUTES_ALREADY_CONFIRMED", "MINUTES_CONFIRMED"], [own.Kind().Reason, again.Kind().Reason]);
        Assert.Equal(State.Confirmed, confirmed.State);
        Assert.Equal(1, (await host.Scene.ReadAsync(two.Insurer, meeting.CommitteeId)).Cadence.GoodPeriods);
    }

    [PostgresFact]
    public async Task Minutes_written_anew_take_the_confirmation_of_the_former_text_back()
    {
        var (two, meeting) = await host.Scene.MinutesAsync();

        var rewritten = await Meetings(host.Scene, two.Delegate).RecordMinutesAsync(NewMinutes(meeting), deadline: Deadline);
        var stale = await Refusals.ThrownBy(Meetings(host.Scene, two.Insurer).ConfirmMinutesAsync(
            new ConfirmMinutesRequest { MeetingId = meeting.Id, Etag = meeting.Etag }, deadline: Deadline));

        Assert.Null(rewritten.Minutes.InsurerConsentTime);
        Assert.NotNull(rewritten.Minutes.DelegateConsentTime);
        Assert.Equal("ETAG_STALE", stale.Kind().Reason);
    }

    [PostgresFact]
    public async Task A_decision_with_an_owner_becomes_an_action_that_keeps_its_origin()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var committee = await CommitteesAs(host.Scene, two.Insurer).CreateCommitteeAsync(NewCommittee(two.DelegationId), deadline: Deadline);
        var meeting = await Meetings(host.Scene, two.Insurer).PlanMeetingAsync(NewMeeting(committee.Id), deadline: Deadline);
        var request = NewMinutes(meeting);
        request.Decisions.Add(new Decision { Title = "Corriger la grille", Owner = new ActionOwner { Side = Side.Delegate, Role = Role.Operations }, DueDay = "2099-01-31" });
        meeting = await Meetings(host.Scene, two.Insurer).RecordMinutesAsync(request, deadline: Deadline);
        var confirmed = await Meetings(host.Scene, two.Delegate).ConfirmMinutesAsync(
            new ConfirmMinutesRequest { MeetingId = meeting.Id, Etag = meeting.Etag }, deadline: Deadline);

        var plan = await new Actions.ActionsClient(host.Scene.As(two.Delegate)).ListActionsAsync(new ListActionsRequest { ProjectId = project.Id }, deadline: Deadline);
        var action = Assert.Single(plan.Actions);
        var decision = confirmed.Minutes.Decisions[1];
        Assert.Equal((decision.ActionId, "decision", decision.Id), (action.Id, action.Origin.Type, action.Origin.Id));

        var change = Preparing.Whole(action);
        change.Origin = null;
        change.Title = "Corriger la grille de garanties";
        var changed = await new Actions.ActionsClient(host.Scene.As(two.Delegate)).UpdateActionAsync(change, deadline: Deadline);
        Assert.Equal(action.Origin, changed.Origin);
    }

    [PostgresFact]
    public async Task A_decision_with_an_owner_needs_a_project_in_progress()
    {
        var (two, meeting) = await host.Scene.MeetingAsync();
        var request = NewMinutes(meeting);
        request.Decisions[0].Owner = new ActionOwner { Side = Side.Delegate, Role = Role.Operations };
        request.Decisions[0].DueDay = "2099-01-31";

        var refusal = await Refusals.ThrownBy(Meetings(host.Scene, two.Insurer).RecordMinutesAsync(request, deadline: Deadline));

        Assert.Equal("PROJECT_REQUIRED", refusal.Kind().Reason);
    }

    [PostgresFact]
    public async Task All_that_is_wrong_with_minutes_is_named_at_once()
    {
        var (two, meeting) = await host.Scene.MeetingAsync();
        var request = new RecordMinutesRequest
        {
            MeetingId = meeting.Id, Activities = "Point.", Progress = "Point.", Etag = meeting.Etag, Period = new PeriodAssessment { OpenAdjustments = -1 },
            Decisions = { new Decision { DueDay = "2026-02-30", Owner = new ActionOwner { Side = Side.Delegate } } },
        };

        var refusal = await Refusals.ThrownBy(Meetings(host.Scene, two.Insurer).RecordMinutesAsync(request, deadline: Deadline));

        Assert.Equal(
            [
                ("difficulties", "DIFFICULTIES_REQUIRED"), ("period.commitments", "COMMITMENTS_REQUIRED"), ("period.open_adjustments", "COUNT_NEGATIVE"),
                ("decisions[0].title", "TITLE_REQUIRED"), ("decisions[0].owner", "OWNER_REQUIRED"), ("decisions[0].due_day", "DUE_DAY_MALFORMED"),
            ],
            refusal.Violations());
    }

    [PostgresFact]
    public async Task A_cadence_relaxes_with_both_sides_and_tightens_as_soon_as_one_side_writes_bad_news_down()
    {
        var (two, committee) = await host.Scene.OfferAsync();
        var request = new ConfirmRelaxationRequest { CommitteeId = committee.Id, Step = CadenceStep.Fortnightly };
        Assert.True(committee.Cadence.RelaxationOffered);

        var pending = await CommitteesAs(host.Scene, two.Insurer).ConfirmRelaxationAsync(request, deadline: Deadline);
        Assert.Equal((CadenceStep.Weekly, true), (pending.Cadence.Step, pending.Cadence.InsurerConsentTime is not null));
        var relaxed = await CommitteesAs(host.Scene, two.Delegate).ConfirmRelaxationAsync(request, deadline: Deadline);
        Assert.Equal((CadenceStep.Fortnightly, CadenceReason.Relaxed, false), (relaxed.Cadence.Step, relaxed.Cadence.Reason, relaxed.Cadence.RelaxationOffered));

        var meeting = await Meetings(host.Scene, two.Insurer).PlanMeetingAsync(NewMeeting(committee.Id), deadline: Deadline);
        await Meetings(host.Scene, two.Insurer).RecordMinutesAsync(NewMinutes(meeting, Commitments.BeyondTolerance), deadline: Deadline);
        var tightened = await host.Scene.ReadAsync(two.Delegate, committee.Id);
        Assert.Equal((CadenceStep.Weekly, CadenceReason.BreachBeyondTolerance), (tightened.Cadence.Step, tightened.Cadence.Reason));
    }

    [PostgresFact]
    public async Task Minutes_that_nobody_contests_count_as_confirmed_when_the_agreed_time_is_over()
    {
        var own = new DeliveryHost();
        await ((IAsyncLifetime)own).InitializeAsync();
        try
        {
            var (two, meeting) = await own.Scene.MinutesAsync();
            await own.StopAsync();
            own.Settings["Clock:Offset"] = "30.00:00:00";
            own.Start();

            await Eventually.Async(async () =>
                (await Meetings(own.Scene, two.Delegate).GetMeetingAsync(new GetMeetingRequest { MeetingId = meeting.Id }, deadline: Deadline)).State == State.Confirmed);
            var read = await Meetings(own.Scene, two.Delegate).GetMeetingAsync(new GetMeetingRequest { MeetingId = meeting.Id }, deadline: Deadline);
            Assert.Null(read.Minutes.DelegateConsentTime);
            own.Logs.AssertNoErrors();
        }
        finally
        {
            await ((IAsyncLifetime)own).DisposeAsync();
        }
    }

    [PostgresFact]
    public async Task The_calendar_is_read_by_an_independent_reader()
    {
        var peers = new NodePeers("ProjectDelivery.Tests");
        var (two, meeting) = await host.Scene.MeetingAsync();
        var request = PreparingCommittees.Whole(meeting);
        request.Place = "Bâtiment « Hélios », salle B ; accès \\ par l'entrée des visiteurs, côté avenue des Champs-Élysées, au troisième étage";
        request.Cancelled = true;
        await Meetings(host.Scene, two.Insurer).UpdateMeetingAsync(request, deadline: Deadline);

        var body = await CommitteesAs(host.Scene, two.Delegate).GetCalendarAsync(new GetCalendarRequest { DelegationId = two.DelegationId }, deadline: Deadline);
        Assert.Equal("text/calendar; charset=utf-8", body.ContentType);
        Assert.All(body.Data.ToStringUtf8().Split("\r\n"), line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75));

        if (peers.WhyNone is not null && Environment.GetEnvironmentVariable("CI") != "true")
            return;
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, body.Data.ToByteArray());
            using var read = JsonDocument.Parse(Assert.Single(await peers.RunAsync("calendar.mjs", file)));
            string Text(string name) => read.RootElement.GetProperty(name).GetString()!;
            Assert.Equal((meeting.Id, "CANCELLED", "Comité opérationnel"), (Text("uid"), Text("status"), Text("summary")));
            Assert.Equal((request.Place, "Flux 929 et taux de noémisation"), (Text("location"), Text("description")));
            Assert.Equal(TimeSpan.FromMinutes(90), DateTime.Parse(Text("end")) - DateTime.Parse(Text("start")));
            Assert.Equal(1, read.RootElement.GetProperty("sequence").GetInt32());
        }
        finally
        {
            File.Delete(file);
        }
    }
}
