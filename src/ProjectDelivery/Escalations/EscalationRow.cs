using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>An escalation as the database keeps it.</summary>
internal sealed record EscalationRow
{
    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid Id { get; init; }

    /// <summary>The side that raised it.</summary>
    public required string Side { get; init; }

    public required Guid PersonId { get; init; }

    public required string State { get; init; }

    public required string Severity { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public string? ActivityCode { get; init; }

    public string? CommitmentCode { get; init; }

    public Guid? ActionId { get; init; }

    public required DateTime NoticeTime { get; init; }

    public required DateTime RaiseTime { get; init; }

    public required long SurfaceMinutes { get; init; }

    public required int AgreedHours { get; init; }

    public required DateTime DueTime { get; init; }

    public required string Level { get; init; }

    public required DateTime LevelTime { get; init; }

    public required bool Reminded { get; init; }

    public DateTime? AcknowledgeTime { get; init; }

    public Guid? AcknowledgePersonId { get; init; }

    public long? AcknowledgeMinutes { get; init; }

    public string Cause { get; init; } = "";

    public string Resolution { get; init; } = "";

    public DateTime? ResolveTime { get; init; }

    public string ReopenReason { get; init; } = "";

    public int ReopenCount { get; init; }

    public DateTime? CloseTime { get; init; }

    public required DateTime UpdateTime { get; init; }

    public required long Revision { get; init; }

    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public Escalation.Types.State In => StoredNames.Read<Escalation.Types.State>(State);

    public Side RaisedBy => RoleCodes.SideOf(Side);

    /// <summary>The side that answers for it.</summary>
    public Side AnsweredBy => RaisedBy == Access.V1.Side.Insurer ? Access.V1.Side.Delegate : Access.V1.Side.Insurer;

    public TimeSpan Agreed => TimeSpan.FromHours(AgreedHours);

    /// <summary>Who is called upon to acknowledge it.</summary>
    public CalledUpon CalledUpon => new(StoredNames.Read<Escalation.Types.Level>(Level), LevelTime, Reminded);

    /// <summary>The same after something that happened at an instant.</summary>
    public EscalationRow After(DateTime now) => this with { UpdateTime = now, Revision = Revision + 1 };

    public EscalationRow With(CalledUpon called, DateTime now) =>
        After(now) with { Level = called.Level.Stored(), LevelTime = called.Since.UtcDateTime, Reminded = called.Reminded };

    public Escalation ToMessage()
    {
        var message = new Escalation
        {
            Id = Id.ToString(),
            DelegationId = DelegationId.ToString(),
            Side = RaisedBy,
            PersonId = PersonId.ToString(),
            State = In,
            Title = Title,
            Description = Description,
            Severity = StoredNames.Read<Escalation.Types.Severity>(Severity),
            Subject = new EscalationSubject { ActivityCode = ActivityCode ?? "", CommitmentCode = CommitmentCode ?? "", ActionId = ActionId?.ToString() ?? "" },
            NoticeTime = Timestamp.FromDateTime(NoticeTime),
            RaiseTime = Timestamp.FromDateTime(RaiseTime),
            AgreedHours = AgreedHours,
            DueTime = Timestamp.FromDateTime(DueTime),
            Level = CalledUpon.Level,
            LevelTime = Timestamp.FromDateTime(LevelTime),
            SurfaceMinutes = SurfaceMinutes,
            AcknowledgeTime = Instant(AcknowledgeTime),
            AcknowledgePersonId = AcknowledgePersonId?.ToString() ?? "",
            Cause = Cause,
            Resolution = Resolution,
            ResolveTime = Instant(ResolveTime),
            ReopenReason = ReopenReason,
            ReopenCount = ReopenCount,
            CloseTime = Instant(CloseTime),
            UpdateTime = Timestamp.FromDateTime(UpdateTime),
            Etag = Etag.Of(Id, Revision),
        };
        if (AcknowledgeMinutes is { } minutes)
            message.AcknowledgeMinutes = minutes;

        return message;
    }

    private static Timestamp? Instant(DateTime? time) => time is { } instant ? Timestamp.FromDateTime(instant) : null;
}
