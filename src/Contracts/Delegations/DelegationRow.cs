using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Delegations;

/// <summary>A delegation or a draft of one as the database keeps it. The counterpart in a draft has no id.</summary>
internal sealed record DelegationRow(
    Guid Id,
    string State,
    string Title,
    Guid? InsurerId,
    string InsurerLegalName,
    string InsurerSiren,
    Guid? DelegateId,
    string DelegateLegalName,
    string DelegateSiren,
    string ReferenceData,
    string? PlannedStartDay,
    DateTime CreateTime,
    DateTime UpdateTime,
    long Revision)
{
    public const string Draft = "draft";
    public const string Open = "open";
    public const string Frozen = "frozen";
    public const string Closed = "closed";

    /// <summary>Whose row it is: the insurer's, or the inviter's while it is a draft and the other side has no id.</summary>
    public Guid OwnerId => InsurerId ?? DelegateId!.Value;

    /// <summary>The side that drafted it, which is the one that is on the platform.</summary>
    public Side InviterSide => InsurerId is null ? Side.Delegate : Side.Insurer;

    public V1.Delegation ToMessage() => new()
    {
        Id = Id.ToString(),
        State = DelegationStates.FromCode(State),
        Title = Title,
        Insurer = new DelegationParty { OrganizationId = InsurerId?.ToString() ?? "", LegalName = InsurerLegalName, Siren = InsurerSiren },
        Delegate = new DelegationParty { OrganizationId = DelegateId?.ToString() ?? "", LegalName = DelegateLegalName, Siren = DelegateSiren },
        ReferenceData = ProtoJson.Read<ReferenceData>(ReferenceData),
        PlannedStartDay = PlannedStartDay ?? "",
        CreateTime = Timestamp.FromDateTime(CreateTime),
        UpdateTime = Timestamp.FromDateTime(UpdateTime),
        Etag = Etag.Of(Id, Revision),
    };
}
