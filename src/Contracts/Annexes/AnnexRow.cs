using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using Kind = Delegation.Contracts.V1.DueAnnex.Types.Kind;
using State = Delegation.Contracts.V1.Annex.Types.State;

namespace Delegation.Contracts.Annexes;

/// <summary>An annex as the database keeps it.</summary>
internal sealed record AnnexRow
{
    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required string Provider { get; init; }

    public required string[] Departments { get; init; }

    public required DateOnly DueDay { get; init; }

    public Guid? LetterId { get; init; }

    public required string State { get; init; }

    public Guid? CurrentVersionId { get; init; }

    public string Reviews { get; init; } = "[]";

    public Guid? ApprovedVersionId { get; init; }

    public DateOnly? ExpireDay { get; init; }

    public DateTime? WarnTime { get; init; }

    public DateTime? OverdueTime { get; init; }

    public required DateTime CreateTime { get; init; }

    public required long Revision { get; init; }

    public Side ProviderSide => RoleCodes.SideOf(Provider);

    public Side ReceiverSide => ProviderSide == Side.Insurer ? Side.Delegate : Side.Insurer;

    public Kind KindOf => StoredNames.Read<Kind>(Kind);

    public bool IsUnderReview => IsIn(V1.Annex.Types.State.Received) || IsIn(V1.Annex.Types.State.UnderReview);

    public bool IsIn(State state) => State == state.Stored();

    public IReadOnlyList<AnnexReview> ReadReviews() => ProtoJson.ReadList<AnnexReview>(Reviews);

    public IReadOnlyList<Role> ReadDepartments() => [.. Departments.Select(code => RoleCodes.TryParse(code, out var role) ? role : Role.Unspecified)];

    /// <summary>The departments that have not approved the current version.</summary>
    public IReadOnlyList<Role> PendingDepartments() =>
        [.. ReadDepartments().Except(ReadReviews().Where(review => review.Approved).Select(review => review.Department))];

    public Annex ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        Kind = KindOf,
        Title = Title,
        Mandatory = AnnexKinds.IsMandatory(KindOf),
        Provider = ProviderSide,
        Departments = { ReadDepartments() },
        DueDay = DayField.Write(DueDay),
        State = StoredNames.Read<State>(State),
        CurrentVersionId = CurrentVersionId?.ToString() ?? "",
        Reviews = { ReadReviews() },
        ApprovedVersionId = ApprovedVersionId?.ToString() ?? "",
        ExpireDay = DayField.Write(ExpireDay),
        Overdue = OverdueTime is not null,
        LetterId = LetterId?.ToString() ?? "",
        CreateTime = Timestamp.FromDateTime(CreateTime),
        Etag = Etag.Of(Id, Revision),
    };
}
