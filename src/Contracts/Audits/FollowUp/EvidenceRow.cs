using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Contracts.V1.EvidenceRequest.Types.State;

namespace Delegation.Contracts.Audits.FollowUp;

/// <summary>A request for evidence as the database keeps it.</summary>
internal sealed record EvidenceRow
{
    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid Id { get; init; }

    public required Guid MissionId { get; init; }

    public required string RecordedBy { get; init; }

    public required string AuditedSide { get; init; }

    public required string Title { get; init; }

    public required string Detail { get; init; }

    public required DateOnly DueDay { get; init; }

    public required string State { get; init; }

    public string Answer { get; init; } = "";

    public string Files { get; init; } = "[]";

    public DateTime? AnswerTime { get; init; }

    public DateTime? OverdueTime { get; init; }

    public required DateTime CreateTime { get; init; }

    public required long Revision { get; init; }

    public Side Audited => RoleCodes.SideOf(AuditedSide);

    public Side Recorder => RoleCodes.SideOf(RecordedBy);

    public bool IsIn(State state) => State == state.Stored();

    public IReadOnlyList<EvidenceFile> ReadFiles() => ProtoJson.ReadList<EvidenceFile>(Files);

    public EvidenceRequest ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        MissionId = MissionId.ToString(),
        Title = Title,
        Detail = Detail,
        DueDay = DayField.Write(DueDay),
        State = StoredNames.Read<State>(State),
        Answer = Answer,
        Files = { ReadFiles() },
        Late = OverdueTime is not null,
        AnswerTime = AnswerTime is { } time ? Timestamp.FromDateTime(time) : null,
        CreateTime = Timestamp.FromDateTime(CreateTime),
        Etag = Etag.Of(Id, Revision),
    };
}
