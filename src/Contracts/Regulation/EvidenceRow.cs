using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Regulation;

/// <summary>Evidence as the database keeps it.</summary>
internal sealed record EvidenceRow
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required string[] Requirements { get; init; }

    public required string Title { get; init; }

    public required string Reference { get; init; }

    public required DateOnly StartDay { get; init; }

    public DateOnly? EndDay { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTime CreateTime { get; init; }

    public DateTime? WithdrawTime { get; init; }

    /// <summary>It changes once at most, when it is withdrawn.</summary>
    public long Revision => WithdrawTime is null ? 1 : 2;

    public Evidence ToMessage(Guid delegationId) => new()
    {
        Id = Id.ToString(),
        DelegationId = delegationId.ToString(),
        Kind = StoredNames.Read<EvidenceKind>(Kind),
        RequirementIds = { Requirements },
        Title = Title,
        Reference = Reference,
        StartDay = DayField.Write(StartDay),
        EndDay = DayField.Write(EndDay),
        PersonId = PersonId.ToString(),
        CreateTime = Timestamp.FromDateTime(CreateTime),
        WithdrawTime = WithdrawTime is { } time ? Timestamp.FromDateTime(time) : null,
    };
}
