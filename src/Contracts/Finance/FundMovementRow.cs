using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using Kind = Delegation.Contracts.V1.FundMovement.Types.Kind;
using State = Delegation.Contracts.V1.FundMovement.Types.State;

namespace Delegation.Contracts.Finance;

/// <summary>A movement of the advance as the database keeps it.</summary>
internal sealed record FundMovementRow
{
    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required string State { get; init; }

    public required long AmountCents { get; init; }

    public required long ReimbursedCents { get; init; }

    public required DateOnly DueDay { get; init; }

    public DateOnly? ValueDay { get; init; }

    public required string Reason { get; init; }

    public string Answer { get; init; } = "";

    public required DateTime CreateTime { get; init; }

    public required long Revision { get; init; }

    public bool IsIn(State state) => State == state.Stored();

    public FundMovement ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        Kind = StoredNames.Read<Kind>(Kind),
        State = StoredNames.Read<State>(State),
        Amount = Euros.Of(AmountCents),
        Reimbursed = Euros.Of(ReimbursedCents),
        DueDay = DayField.Write(DueDay),
        ValueDay = DayField.Write(ValueDay),
        Reason = Reason,
        Answer = Answer,
        CreateTime = Timestamp.FromDateTime(CreateTime),
        Etag = Etag.Of(Id, Revision),
    };
}
