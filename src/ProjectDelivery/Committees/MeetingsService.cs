using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Escalations;
using Delegation.ProjectDelivery.Hypercare;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Packs;
using Delegation.ServiceDefaults.Calendar;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>The rpcs of <c>delegation.delivery.v1.Meetings</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class MeetingsService(CommandRunner commands, TenantSessions sessions, MinutesConfirmation confirmation, MeetingReminders reminders, TimeProvider clock)
    : Meetings.MeetingsBase
{
    public override Task<Meeting> PlanMeeting(PlanMeetingRequest request, ServerCallContext context) => commands.RunAsync<PlanMeetingRequest, Meeting>(
        request, context, (session, cancellation) => PlanAsync(session, request, cancellation));

    public override async Task<Meeting> GetMeeting(GetMeetingRequest request, ServerCallContext context)
    {
        var id = ReadId("meeting_id", request.MeetingId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var meeting = (await session.FindMeetingAsync(id, context.CancellationToken)).ValueOrStatus();
        var decisions = await session.ListDecisionsAsync(meeting, context.CancellationToken);
        return meeting.ToMessage(decisions, await session.ListAgendaItemsAsync(meeting, clock.GetUtcNow(), LanguageOf(context), context.CancellationToken));
    }

    public override async Task<ListMeetingsResponse> ListMeetings(ListMeetingsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var id = ReadId("committee_id", request.CommitteeId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var committee = (await session.FindCommitteeAsync(id, context.CancellationToken)).ValueOrStatus();
        var rows = await session.ListMeetingsAsync(committee, asked, context.CancellationToken);
        var page = rows.ToPage(asked, row => new PageKey(row.StartTime, row.Id));

        return new ListMeetingsResponse { Meetings = { page.Items.Select(row => row.ToMessage([])) }, NextPageToken = page.NextPageToken };
    }

    public override Task<Meeting> UpdateMeeting(UpdateMeetingRequest request, ServerCallContext context) => commands.RunAsync<UpdateMeetingRequest, Meeting>(
        request, context, (session, cancellation) => UpdateAsync(session, request, cancellation));

    public override Task<Meeting> RecordMinutes(RecordMinutesRequest request, ServerCallContext context) => commands.RunAsync<RecordMinutesRequest, Meeting>(
        request, context, (session, cancellation) => RecordAsync(session, request, cancellation));

    public override Task<Meeting> ConfirmMinutes(ConfirmMinutesRequest request, ServerCallContext context) => commands.RunAsync<ConfirmMinutesRequest, Meeting>(
        request, context, (session, cancellation) => ConfirmAsync(session, request, cancellation));

    private async Task<Outcome<Meeting>> PlanAsync(TenantSession session, PlanMeetingRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = MeetingFields.Read(request, violations);
        var committee = (await session.FindCommitteeAsync(ReadId("committee_id", request.CommitteeId, violations), cancellationToken)).ValueOrStatus();

        var now = clock.GetUtcNow();
        var meeting = fields!.NewMeeting(committee, request.Extraordinary, NewId.At(now), now.InMicroseconds());
        await session.InsertMeetingAsync(meeting, cancellationToken);
        await reminders.PlannedAsync(session, meeting, cancellationToken);
        await session.SchedulePackAsync(meeting, cancellationToken);
        return await ToldAsync(session, meeting, [], message => new MeetingPlanned { Meeting = message }, cancellationToken);
    }

    private async Task<Outcome<Meeting>> UpdateAsync(TenantSession session, UpdateMeetingRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = MeetingFields.Read(request, violations);
        var meeting = (await session.LockMeetingAsync(ReadId("meeting_id", request.MeetingId, violations), cancellationToken)).ValueOrStatus();
        if ((Etag.Mismatch<Meeting>(request.Etag, meeting.Id, meeting.Revision) ?? MeetingRules.NeedsAPlannedOne<Meeting>(meeting)) is { } refused)
            return refused;

        var changed = fields!.Change(meeting, request.Cancelled, clock.GetUtcNow().InMicroseconds());
        await session.UpdateMeetingAsync(changed, cancellationToken);
        await reminders.SettledAsync(session, changed, cancellationToken);
        await session.SchedulePackAsync(changed, cancellationToken);
        return await ToldAsync(session, changed, [], message => new MeetingChanged { Meeting = message }, cancellationToken);
    }

    private async Task<Outcome<Meeting>> RecordAsync(TenantSession session, RecordMinutesRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = MinutesFields.Read(request, violations);
        var before = (await session.LockMeetingAsync(ReadId("meeting_id", request.MeetingId, violations), cancellationToken)).ValueOrStatus();
        await CheckPeopleAsync(session, fields!, cancellationToken);
        if (fields!.ConcealsAdjustments(await session.CountOpenAdjustmentsAsync(before.Parties, cancellationToken)) is { } concealed)
            return new Outcome<Meeting>.Invalid(concealed);

        var now = clock.GetUtcNow();
        if ((Etag.Mismatch<Meeting>(request.Etag, before.Id, before.Revision) ?? MeetingRules.CanHaveMinutes<Meeting>(before, now)) is { } refused)
            return refused;
        if (fields!.Decisions.Any(decision => decision.Owner is not null) && await session.FindProjectInProgressAsync(before.Parties, cancellationToken) is null)
            return MeetingRules.NeedsAProject<Meeting>();
        if (MeetingRules.CountsEscalations<Meeting>(fields.Period, await session.CountCriticalAsync(before.Parties, before.StartTime, cancellationToken)) is { } fewer)
            return fewer;

        var committee = await session.LockCommitteeAsync(before, cancellationToken);
        var breaches = await session.CountBreachesAsync(before, cancellationToken);
        if (MeetingRules.CountsBreaches<Meeting>(committee, fields.Period, breaches) is { } concealing)
            return concealing;

        var tacitDay = BusinessCalendar.Ouvres.Add(ParisDays.DayAt(now), committee.TacitDays);
        var meeting = fields.Write(before, ParisDays.EndOf(tacitDay).UtcDateTime, now.InMicroseconds()).WithConsentOf(session.Caller.Side, now.InMicroseconds());
        var decisions = fields.Decisions.Select((decision, place) => decision.NewDecision(NewId.At(now), place)).ToArray();
        await session.UpdateMeetingAsync(meeting, cancellationToken);
        await session.ReplaceDecisionsAsync(meeting, decisions, cancellationToken);
        if (MeetingRules.TightensNow(committee, before.Period, fields.Period, breaches))
            await session.SaveAsync(committee.With(committee.Rule.After(committee.InRun, fields.Period), now.InMicroseconds()), clock, cancellationToken);

        await confirmation.AwaitAsync(session, meeting, cancellationToken);
        await reminders.SettledAsync(session, meeting, cancellationToken);
        return await ToldAsync(session, meeting, decisions, message => new MinutesRecorded { Meeting = message }, cancellationToken);
    }

    private async Task<Outcome<Meeting>> ConfirmAsync(TenantSession session, ConfirmMinutesRequest request, CancellationToken cancellationToken)
    {
        var meeting = (await session.LockMeetingAsync(ReadId("meeting_id", request.MeetingId, []), cancellationToken)).ValueOrStatus();
        if ((Etag.Mismatch<Meeting>(request.Etag, meeting.Id, meeting.Revision) ?? MeetingRules.CanBeConfirmed<Meeting>(meeting, session.Caller.Side)) is { } refused)
            return refused;

        var confirmed = await confirmation.ConfirmAsync(session, meeting, cancellationToken);
        return new Outcome<Meeting>.Accepted(confirmed.ToMessage(await session.ListDecisionsAsync(confirmed, cancellationToken)));
    }

    // Each side names its own people.
    private static async Task CheckPeopleAsync(TenantSession session, MinutesFields fields, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        for (var place = 0; place < fields.Decisions.Count; place++)
        {
            if (fields.Decisions[place].Owner is not { PersonId: { } person } owner)
                continue;

            var isColleague = await session.IsColleagueAsync(person, cancellationToken);
            if (owner.EachSideNamesItsOwnPeople(session.Caller.Side, before: null, isColleague) is { } violation)
                violations.Add(violation with { Field = $"decisions[{place}].{violation.Field}" });
        }

        violations.RefuseIfAny();
    }

    private async Task<Outcome<Meeting>> ToldAsync(
        TenantSession session, MeetingRow meeting, IReadOnlyList<DecisionRow> decisions, Func<Meeting, IMessage> happened, CancellationToken cancellationToken)
    {
        var message = meeting.ToMessage(decisions);
        await session.AppendAsync(
            meeting.Parties.Entry(MinutesConfirmation.ObjectType, meeting.Id, meeting.Revision, happened(message)), clock, cancellationToken);
        return new Outcome<Meeting>.Accepted(message);
    }

    private static string LanguageOf(ServerCallContext context) => Language.Of(context.RequestHeaders.GetValue("accept-language"));

    private static Guid ReadId(string field, string id, List<FieldViolation> violations)
    {
        var read = IdField.Read(field, id, violations);
        violations.RefuseIfAny();
        return read!.Value;
    }
}
