using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using Severity = Delegation.Contracts.V1.AuditFinding.Types.Severity;
using State = Delegation.Contracts.V1.AuditFinding.Types.State;

namespace Delegation.Contracts.Audits.FollowUp;

/// <summary>A finding as the database keeps it.</summary>
internal sealed record FindingRow
{
    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid Id { get; init; }

    public Guid? MissionId { get; init; }

    public Guid? ControlId { get; init; }

    public required string AuditedSide { get; init; }

    public required string Severity { get; init; }

    public required string Title { get; init; }

    public required string Detail { get; init; }

    public required string State { get; init; }

    public string Plan { get; init; } = "";

    public DateOnly? DueDay { get; init; }

    public string Outcome { get; init; } = "";

    public string Verdict { get; init; } = "";

    public DateTime? OverdueTime { get; init; }

    public DateTime? CloseTime { get; init; }

    public required DateTime CreateTime { get; init; }

    public required long Revision { get; init; }

    public Side Audited => RoleCodes.SideOf(AuditedSide);

    /// <summary>Who says that it is closed.</summary>
    public Side Other => Audited == Side.Insurer ? Side.Delegate : Side.Insurer;

    public bool IsIn(State state) => State == state.Stored();

    public AuditFinding ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        MissionId = MissionId?.ToString() ?? "",
        Severity = StoredNames.Read<Severity>(Severity),
        Title = Title,
        Detail = Detail,
        State = StoredNames.Read<State>(State),
        Plan = Plan,
        DueDay = DayField.Write(DueDay),
        Outcome = Outcome,
        Verdict = Verdict,
        Late = OverdueTime is not null,
        CloseTime = CloseTime is { } time ? Timestamp.FromDateTime(time) : null,
        CreateTime = Timestamp.FromDateTime(CreateTime),
        Etag = Etag.Of(Id, Revision),
        ControlId = ControlId?.ToString() ?? "",
    };
}
