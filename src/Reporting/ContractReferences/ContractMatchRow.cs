using Delegation.Persistence.Commands;
using Delegation.Persistence.Stored;
using Delegation.Reporting.V1;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Reporting.ContractReferences;

/// <summary>What a reference means, as the table <c>contract_match</c> has it.</summary>
internal sealed record ContractMatchRow
{
    public const string Matched = "matched";
    public const string Doubtful = "doubtful";
    public const string Confirmed = "confirmed";
    public const string Rejected = "rejected";

    public required Guid Id { get; init; }

    public required Guid DelegationId { get; init; }

    public required string Reference { get; init; }

    public string? Number { get; init; }

    public required int Confidence { get; init; }

    public required string State { get; init; }

    public required long Lines { get; init; }

    public required Guid ImportId { get; init; }

    public Guid? PersonId { get; init; }

    public DateTime? DecideTime { get; init; }

    public required long Revision { get; init; }

    public ContractMatch ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        Reference = Reference,
        Number = Number ?? "",
        Confidence = Confidence,
        State = StoredNames.Read<ContractMatch.Types.State>(State),
        Lines = Lines,
        ImportId = ImportId.ToString(),
        PersonId = PersonId?.ToString() ?? "",
        DecideTime = DecideTime is { } time ? Timestamp.FromDateTime(time) : null,
        Etag = Etag.Of(Id, Revision),
    };
}
