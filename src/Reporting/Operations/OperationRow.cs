using Delegation.Persistence.Stored;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using Kind = Delegation.Reporting.V1.Operation.Types.Kind;
using State = Delegation.Reporting.V1.Operation.Types.State;

namespace Delegation.Reporting.Operations;

/// <summary>A version of an operation, as the table <c>operation</c> has it.</summary>
internal sealed record OperationRow
{
    public required Guid DelegationId { get; init; }

    public required Guid Id { get; init; }

    public required string Reference { get; init; }

    public required int Version { get; init; }

    public required string Kind { get; init; }

    public required DateOnly ReceiveDay { get; init; }

    public DateTime? ReceiveTime { get; init; }

    public DateOnly? CompleteDay { get; init; }

    public DateOnly? CloseDay { get; init; }

    public DateTime? CloseTime { get; init; }

    public string? Outcome { get; init; }

    public bool? Automated { get; init; }

    public required bool Withdrawn { get; init; }

    public required Guid ImportId { get; init; }

    public required long Line { get; init; }

    public required DateTime RecordTime { get; init; }

    public DateTime? SupersedeTime { get; init; }

    public Operation ToMessage()
    {
        var message = new Operation
        {
            Id = Id.ToString(),
            DelegationId = DelegationId.ToString(),
            Reference = Reference,
            Kind = StoredNames.Read<Kind>(Kind),
            State = Withdrawn ? State.Withdrawn : CloseDay is null ? State.Open : State.Closed,
            ReceiveDay = DayField.Write(ReceiveDay),
            ReceiveTime = Instant(ReceiveTime),
            CompleteDay = DayField.Write(CompleteDay),
            CloseDay = DayField.Write(CloseDay),
            CloseTime = Instant(CloseTime),
            Outcome = Outcome is null ? Operation.Types.Outcome.Unspecified : StoredNames.Read<Operation.Types.Outcome>(Outcome),
            Version = Version,
            ImportId = ImportId.ToString(),
            Line = Line,
            RecordTime = Instant(RecordTime),
            SupersedeTime = Instant(SupersedeTime),
        };
        if (Automated is { } automated)
            message.Automated = automated;

        return message;
    }

    private static Timestamp? Instant(DateTime? time) => time is { } known ? Timestamp.FromDateTime(known) : null;
}
