using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Commands;
using Google.Protobuf.WellKnownTypes;
using Commitments = Delegation.Delivery.V1.PeriodAssessment.Types.Commitments;
using State = Delegation.Delivery.V1.Meeting.Types.State;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>A meeting as the database keeps it, with its minutes once they are written and the name of its committee.</summary>
internal sealed record MeetingRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid CommitteeId,
    string CommitteeName,
    Guid Id,
    string State,
    DateTime StartTime,
    int MinutesLong,
    string Place,
    bool Extraordinary,
    string Points,
    string? Activities,
    string? Progress,
    string? Difficulties,
    string? Commitments,
    int? CriticalActions,
    int? CriticalIncidents,
    int? Adjustments,
    DateTime? InsurerConsentTime,
    DateTime? DelegateConsentTime,
    DateTime? TacitTime,
    DateTime? ConfirmTime,
    DateTime CreateTime,
    DateTime UpdateTime,
    long Revision)
{
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public State In => StoredNames.Read<State>(State);

    /// <summary>How the period before it went; null while no minutes are written.</summary>
    public PeriodAssessment? Period => Commitments is null ? null : new PeriodAssessment
    {
        Commitments = StoredNames.Read<Commitments>(Commitments),
        OpenCriticalActions = CriticalActions ?? 0,
        OpenCriticalIncidents = CriticalIncidents ?? 0,
        OpenAdjustments = Adjustments ?? 0,
    };

    public bool HasConsentOf(Side side) => (side == Side.Insurer ? InsurerConsentTime : DelegateConsentTime) is not null;

    public MeetingRow WithConsentOf(Side side, DateTime now) => side == Side.Insurer ? this with { InsurerConsentTime = now } : this with { DelegateConsentTime = now };

    /// <summary>The meeting with what it decided and what the platform put on its agenda; without either in lists.</summary>
    public Meeting ToMessage(IEnumerable<DecisionRow> decisions, params IReadOnlyList<AgendaItemRow> items) => new()
    {
        Id = Id.ToString(),
        CommitteeId = CommitteeId.ToString(),
        State = In,
        StartTime = Timestamp.FromDateTime(StartTime),
        DurationMinutes = MinutesLong,
        Place = Place,
        Extraordinary = Extraordinary,
        Agenda = { MeetingAgenda.Of(this, items) },
        Minutes = Period is null ? null : new Minutes
        {
            Activities = Activities,
            Progress = Progress,
            Difficulties = Difficulties,
            Period = Period,
            Decisions = { decisions.Select(decision => decision.ToMessage()) },
            InsurerConsentTime = Instant(InsurerConsentTime),
            DelegateConsentTime = Instant(DelegateConsentTime),
            TacitTime = Instant(TacitTime),
            ConfirmTime = Instant(ConfirmTime),
        },
        CreateTime = Timestamp.FromDateTime(CreateTime),
        UpdateTime = Timestamp.FromDateTime(UpdateTime),
        Etag = Etag.Of(Id, Revision),
    };

    private static Timestamp? Instant(DateTime? time) => time is { } instant ? Timestamp.FromDateTime(instant) : null;
}
