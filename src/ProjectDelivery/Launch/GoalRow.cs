using Delegation.Delivery.V1;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>An objective or a milestone as the database keeps it.</summary>
internal sealed record GoalRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid ProjectId,
    Guid Id,
    string Kind,
    string Title,
    string Description,
    DateOnly? DueDay,
    string State,
    DateTime CreateTime,
    DateTime UpdateTime,
    long Revision)
{
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public Goal ToMessage() => new()
    {
        Id = Id.ToString(),
        ProjectId = ProjectId.ToString(),
        Kind = StoredNames.Read<Goal.Types.Kind>(Kind),
        Title = Title,
        Description = Description,
        DueDay = DayField.Write(DueDay),
        State = StoredNames.Read<Goal.Types.State>(State),
        CreateTime = Timestamp.FromDateTime(CreateTime),
        UpdateTime = Timestamp.FromDateTime(UpdateTime),
        Etag = Etag.Of(Id, Revision),
    };
}
