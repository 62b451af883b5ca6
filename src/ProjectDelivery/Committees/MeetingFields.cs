using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Delivery.V1.Meeting.Types.State;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>What somebody says of a meeting to come.</summary>
internal sealed record MeetingFields(DateTime StartTime, int MinutesLong, string Place, string Points)
{
    private const int MostPoints = 50;

    private static readonly LocalizedText GiveAnInstant = new("Give an instant between 1900 and 2200.", "Indiquez un instant compris entre 1900 et 2200.");

    /// <summary>Null with violations.</summary>
    public static MeetingFields? Read(PlanMeetingRequest request, ICollection<FieldViolation> violations) =>
        Read(request.StartTime, request.DurationMinutes, request.Place, request.Points, violations);

    /// <summary>Null with violations.</summary>
    public static MeetingFields? Read(UpdateMeetingRequest request, ICollection<FieldViolation> violations) =>
        Read(request.StartTime, request.DurationMinutes, request.Place, request.Points, violations);

    public MeetingRow NewMeeting(CommitteeRow committee, bool extraordinary, Guid id, DateTime now) => new(
        committee.OwnerId, committee.DelegationId, committee.DelegateId, committee.Id, committee.Name, id, State.Planned.Stored(), StartTime,
        MinutesLong, Place, extraordinary, Points, Activities: null, Progress: null, Difficulties: null, Commitments: null, CriticalActions: null,
        CriticalIncidents: null, Adjustments: null, InsurerConsentTime: null, DelegateConsentTime: null, TacitTime: null, ConfirmTime: null, now, now, Revision: 1);

    public MeetingRow Change(MeetingRow meeting, bool cancelled, DateTime now) => meeting with
    {
        State = (cancelled ? State.Cancelled : State.Planned).Stored(),
        StartTime = StartTime,
        MinutesLong = MinutesLong,
        Place = Place,
        Points = Points,
        UpdateTime = now,
        Revision = meeting.Revision + 1,
    };

    private static MeetingFields? Read(
        Timestamp? start, int minutes, string place, RepeatedField<string> points, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        if (start is null)
            violations.Add(new("start_time", "START_TIME_REQUIRED", new("The start is missing.", "Le début n'est pas renseigné."), GiveAnInstant));
        else if (!IsInstant(start))
            violations.Add(new("start_time", "START_TIME_MALFORMED", new("This is no instant.", "Ceci n'est pas un instant."), GiveAnInstant));
        if (minutes != 0 && minutes is < 5 or > 1440)
            violations.Add(new(
                "duration_minutes", "DURATION_OUT_OF_RANGE", new("A meeting is not so long.", "Une réunion n'a pas cette durée."),
                new("Give 5 to 1440 minutes, or nothing for 60.", "Indiquez de 5 à 1440 minutes, ou rien pour 60.")));
        if (points.Count > MostPoints)
            violations.Add(new(
                "points", "TOO_MANY_ENTRIES", new($"There are {points.Count} points.", $"Il y a {points.Count} points."),
                new($"Give at most {MostPoints}.", $"Indiquez-en au plus {MostPoints}.")));

        var where = place.Trim().Length == 0 ? "" : TextField.ReadLine("place", place, 500, violations);
        var titles = points.Take(MostPoints).Select(point => TextField.ReadLine("points", point, 200, violations)).ToArray();
        return violations.Count > before
            ? null
            : new MeetingFields(InMicroseconds(start!.ToDateTime()), minutes == 0 ? 60 : minutes, where!, string.Join('\n', titles));
    }

    // What the database keeps of it.
    private static DateTime InMicroseconds(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));

    private static bool IsInstant(Timestamp time) => time.Nanos is >= 0 and < 1_000_000_000 && time.Seconds is > -2_208_988_800 and < 7_289_568_000;
}
