using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Files;
using Delegation.Persistence.Journal;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Annexes;

/// <summary>A version of an annex as the database keeps it.</summary>
internal sealed record AnnexVersionRow
{
    public const string Shared = "both";

    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid AnnexId { get; init; }

    public required Guid Id { get; init; }

    public required Guid FileId { get; init; }

    public int Number { get; init; }

    public required string Side { get; init; }

    public required string Visibility { get; init; }

    public required string FileName { get; init; }

    public required string ContentType { get; init; }

    public required long SizeBytes { get; init; }

    public required string Sha256 { get; init; }

    public DateOnly? ExpireDay { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTime UploadTime { get; init; }

    public DateTime? HandOverTime { get; init; }

    public required long Revision { get; init; }

    public bool IsDraft => Visibility != Shared;

    /// <summary>Who sees it, as the journal knows it.</summary>
    public Visibility SeenBy => !IsDraft ? Persistence.Journal.Visibility.Both
        : RoleCodes.SideOf(Side) == Access.V1.Side.Insurer ? Persistence.Journal.Visibility.Insurer
        : Persistence.Journal.Visibility.Delegate;

    public FileParty Party => new(OwnerId, DelegationId, DelegateId, SeenBy);

    public AnnexVersion ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        AnnexId = AnnexId.ToString(),
        Number = Number,
        Draft = IsDraft,
        Side = RoleCodes.SideOf(Side),
        FileName = FileName,
        ContentType = ContentType,
        SizeBytes = SizeBytes,
        Sha256 = Sha256,
        ExpireDay = DayField.Write(ExpireDay),
        PersonId = PersonId.ToString(),
        UploadTime = Timestamp.FromDateTime(UploadTime),
        HandOverTime = HandOverTime is { } time ? Timestamp.FromDateTime(time) : null,
    };
}
