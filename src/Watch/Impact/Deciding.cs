using Delegation.Delivery.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Delegation.Watch.Items;
using Delegation.Watch.Triage;
using Delegation.Watch.V1;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Watch.Impact;

/// <summary>Ends an item in a decision, of a person or of a committee.</summary>
internal sealed class Deciding(ItemMoves moves, OtherServices others, TimeProvider clock)
{
    private const int ReasonLength = 1000;

    private static readonly FieldViolation DecisionWithoutMeeting = new(
        "decision_id", "DECISION_WITHOUT_MEETING", new("A meeting and its decision belong together.", "Une réunion et sa décision vont ensemble."),
        new("Give both, or neither.", "Indiquez les deux, ou aucun."));

    public async Task<Outcome<TrackedItem>> DecideAsync(TenantSession session, DecideItemRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        ChoiceField.Check("kind", request.Kind, violations);
        var reason = TextField.ReadRequiredText("reason", request.Reason, ReasonLength, violations);
        var meetingId = IdField.ReadOptional("meeting_id", request.MeetingId, violations);
        var decisionId = IdField.ReadOptional("decision_id", request.DecisionId, violations);
        if (request.MeetingId.Length == 0 != (request.DecisionId.Length == 0))
            violations.Add(DecisionWithoutMeeting);
        var item = (await session.LockTrackedItemAsync(ItemId.Read(request.ItemId, violations), cancellationToken)).ValueOrStatus();
        if (Foundations.FitsTheStream(request.Kind, item.About) is { } misfit)
            violations.Add(misfit);
        violations.RefuseIfAny();
        if (Etag.Mismatch<TrackedItem>(request.Etag, item.Id, item.Revision) is { } mismatch)
            return mismatch;
        if (item.In != TrackedItem.Types.State.Assessed)
            return Triaging.Refused<TrackedItem>();
        if ((await FoundationsOf(session, item, cancellationToken)).Missing(request.Kind, item.Assessed!) is { } missing)
            return new Outcome<TrackedItem>.Refused(
                "DECISION_UNFOUNDED", new("What carries this decision out is not there yet.", "Ce qui met en œuvre cette décision n'existe pas encore."), missing);
        var committee = meetingId is { } meeting ? await DecidingCommitteeAsync(meeting, decisionId!.Value, cancellationToken) : null;

        var now = clock.GetUtcNow().InMicroseconds();
        var decision = new ItemDecision
        {
            Kind = request.Kind,
            Reason = reason!,
            MeetingId = request.MeetingId,
            DecisionId = request.DecisionId,
            DelegationId = committee?.DelegationId ?? "",
            PersonId = session.Caller.PersonId.ToString(),
            Time = Timestamp.FromDateTime(now),
        };
        var decided = (item with { State = TrackedItem.Types.State.Decided.Stored(), Decision = ProtoJson.Write(decision) }).Changed(now);
        return await moves.SaveAsync(session, decided, message => new ItemDecided { Item = message }, cancellationToken);
    }

    // Only confirmed minutes say what a committee decided.
    private async Task<Committee?> DecidingCommitteeAsync(Guid meetingId, Guid decisionId, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var meeting = await others.MeetingAsync(meetingId, cancellationToken);
        if (meeting is null)
            violations.Add(new("meeting_id", "MEETING_UNKNOWN", new("There is no meeting with this id.", "Aucune réunion n'a cet identifiant."), new("Give the id of a meeting of one of your committees.", "Indiquez l'identifiant d'une réunion de l'un de vos comités.")));
        else if (meeting.State != Meeting.Types.State.Confirmed || meeting.Minutes.Decisions.All(decision => decision.Id != decisionId.ToString()))
            violations.Add(new("decision_id", "DECISION_UNKNOWN", new("The confirmed minutes of the meeting have no such decision.", "Le compte rendu approuvé de la réunion ne comporte pas cette décision."), new("Give the id of one of its decisions, once both sides confirmed the minutes.", "Indiquez l'identifiant de l'une de ses décisions, une fois le compte rendu approuvé par les deux parties.")));

        violations.RefuseIfAny();
        return await others.CommitteeAsync(meeting!, cancellationToken);
    }

    private static async Task<Foundations> FoundationsOf(TenantSession session, TrackedItemRow item, CancellationToken cancellationToken) => (await session.FindAsync<Foundations>(
        $"""
        SELECT (SELECT count(*)::integer FROM watch_action WHERE item_id = @Id AND {Parties.Column(session.Caller.Side)} = @OwnerId AND state <> 'dropped') AS actions,
               (SELECT count(*)::integer FROM amendment_request
                WHERE item_id = @Id AND {Parties.Column(session.Caller.Side)} = @OwnerId AND state <> 'declined') AS amendmentrequests
        """,
        new { item.Id, item.OwnerId },
        cancellationToken))!;
}
