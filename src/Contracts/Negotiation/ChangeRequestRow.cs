using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Contracts.V1.ChangeRequest.Types.State;

namespace Delegation.Contracts.Negotiation;

/// <summary>A requested change of a clause as the database keeps it.</summary>
internal sealed record ChangeRequestRow
{
    public required Guid Id { get; init; }

    public required Guid ClauseId { get; init; }

    public required string Side { get; init; }

    public required string Department { get; init; }

    public required string State { get; init; }

    public required string Comment { get; init; }

    public required string Wording { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTime CreateTime { get; init; }

    public string Answer { get; init; } = "";

    public Guid? AnswerPersonId { get; init; }

    public DateTime? EndTime { get; init; }

    public bool IsOpen => State == V1.ChangeRequest.Types.State.Open.Stored();

    public ChangeRequest ToMessage() => new()
    {
        Id = Id.ToString(),
        ClauseId = ClauseId.ToString(),
        Side = RoleCodes.SideOf(Side),
        Department = StoredNames.Read<ReviewDepartment>(Department),
        State = StoredNames.Read<State>(State),
        Comment = Comment,
        Wording = Wording,
        PersonId = PersonId.ToString(),
        CreateTime = Timestamp.FromDateTime(CreateTime),
        Answer = Answer,
        AnswerPersonId = AnswerPersonId?.ToString() ?? "",
        EndTime = EndTime is { } time ? Timestamp.FromDateTime(time) : null,
    };
}
