using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Scoping.Needs;

/// <summary>A need as the database keeps it.</summary>
internal sealed record NeedRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid ProjectId,
    Guid Id,
    Guid WorkshopId,
    string Title,
    string Description,
    string Side,
    string State,
    byte[]? Decision,
    DateOnly? DeferredDay,
    byte[]? Proposed,
    string? ProposedBy,
    string? ResultType,
    Guid? ResultId,
    DateTime CreateTime,
    DateTime UpdateTime,
    long Revision)
{
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    /// <summary>Accepted and refused needs are done with; a deferred one is not.</summary>
    public bool IsSettled => ResultId is not null || State == Need.Types.State.Refused.Stored();

    public NeedDecision? ProposedDecision => Proposed is null ? null : NeedDecision.Parser.ParseFrom(Proposed);

    public Need ToMessage() => new()
    {
        Id = Id.ToString(),
        ProjectId = ProjectId.ToString(),
        WorkshopId = WorkshopId.ToString(),
        Title = Title,
        Description = Description,
        Side = RoleCodes.SideOf(Side),
        State = StoredNames.Read<Need.Types.State>(State),
        Decision = Decision is null ? null : NeedDecision.Parser.ParseFrom(Decision),
        Proposed = ProposedDecision,
        ProposedBy = ProposedBy is null ? Access.V1.Side.Unspecified : RoleCodes.SideOf(ProposedBy),
        ResultType = ResultType ?? "",
        ResultId = ResultId?.ToString() ?? "",
        CreateTime = Timestamp.FromDateTime(CreateTime),
        UpdateTime = Timestamp.FromDateTime(UpdateTime),
        Etag = Etag.Of(Id, Revision),
    };
}
