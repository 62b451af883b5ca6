using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Delivery.V1.Adjustment.Types.State;

namespace Delegation.ProjectDelivery.Hypercare;

/// <summary>An adjustment as the database keeps it.</summary>
internal sealed record AdjustmentRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid ProjectId,
    Guid Id,
    string Title,
    string Description,
    string Side,
    DateOnly DueDay,
    string State,
    string OpenedBy,
    string Note,
    DateTime CreateTime,
    DateTime UpdateTime,
    long Revision)
{
    public const string ObjectType = "adjustment";

    private static readonly Role[] Roles = [Role.DelegationManager, Role.ProjectLead, Role.Operations];

    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public State In => StoredNames.Read<State>(State);

    /// <summary>The side that makes it.</summary>
    public Side Maker => RoleCodes.SideOf(Side);

    /// <summary>The side that says whether it is right.</summary>
    public Side Judge => Maker == Access.V1.Side.Insurer ? Access.V1.Side.Delegate : Access.V1.Side.Insurer;

    /// <summary>What waits for somebody: to be made, or to be confirmed.</summary>
    public IReadOnlyList<OpenWork> Waiting => In switch
    {
        Adjustment.Types.State.Open =>
        [
            Work("adjustment.apply", Maker, new($"Make the adjustment: {Title}", $"Réaliser l'ajustement : {Title}")) with { DueDay = DueDay },
        ],
        Adjustment.Types.State.Applied => [Work("adjustment.confirm", Judge, new($"Confirm the adjustment: {Title}", $"Confirmer l'ajustement : {Title}"))],
        _ => [],
    };

    public Adjustment ToMessage() => new()
    {
        Id = Id.ToString(),
        ProjectId = ProjectId.ToString(),
        Title = Title,
        Description = Description,
        Side = Maker,
        DueDay = DayField.Write(DueDay),
        State = In,
        OpenedBy = RoleCodes.SideOf(OpenedBy),
        Note = Note,
        CreateTime = Timestamp.FromDateTime(CreateTime),
        UpdateTime = Timestamp.FromDateTime(UpdateTime),
        Etag = Etag.Of(Id, Revision),
    };

    private OpenWork Work(string kind, Side side, ServiceDefaults.Errors.LocalizedText title) =>
        new(new WorkItemKey(kind, ObjectType, Id, side), OwnerId, DelegationId, DelegateId, title) { Roles = Roles };
}
