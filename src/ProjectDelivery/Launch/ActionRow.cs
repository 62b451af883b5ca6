using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using Action = Delegation.Delivery.V1.Action;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>An action as the database keeps it, with the name of its project.</summary>
internal sealed record ActionRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid ProjectId,
    string ProjectName,
    Guid Id,
    string Title,
    string Description,
    string Side,
    string? Role,
    Guid? PersonId,
    DateOnly DueDay,
    string State,
    Guid? GoalId,
    Guid? DecisionId,
    DateTime CreateTime,
    DateTime UpdateTime,
    long Revision)
{
    public const string GoalOrigin = "goal";
    public const string DecisionOrigin = "decision";

    public bool IsOpen => State == Action.Types.State.Open.Stored();

    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public ActionOwner Owner => new()
    {
        Side = RoleCodes.SideOf(Side),
        Role = RoleCodes.TryParse(Role, out var role) ? role : Access.V1.Role.Unspecified,
        PersonId = PersonId?.ToString() ?? "",
    };

    public ActionOrigin? Origin =>
        DecisionId is { } decision ? new ActionOrigin { Type = DecisionOrigin, Id = decision.ToString() }
        : GoalId is { } goal ? new ActionOrigin { Type = GoalOrigin, Id = goal.ToString() }
        : null;

    /// <summary>The action as it is at an instant.</summary>
    public Action ToMessage(DateTimeOffset now)
    {
        var message = ToEvent();
        message.Late = Lateness.IsLate(State, DueDay, now);
        return message;
    }

    /// <summary>The action as the journal tells it: without what changes by itself.</summary>
    public Action ToEvent() => new()
    {
        Id = Id.ToString(),
        ProjectId = ProjectId.ToString(),
        Title = Title,
        Description = Description,
        Owner = Owner,
        DueDay = DayField.Write(DueDay),
        State = StoredNames.Read<Action.Types.State>(State),
        Origin = Origin,
        CreateTime = Timestamp.FromDateTime(CreateTime),
        UpdateTime = Timestamp.FromDateTime(UpdateTime),
        Etag = Etag.Of(Id, Revision),
    };
}
