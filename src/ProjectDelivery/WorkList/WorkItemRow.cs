using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Paging;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.WorkList;

/// <summary>A work item as the database keeps it.</summary>
internal sealed record WorkItemRow(
    Guid Id,
    Guid AssigneeId,
    Guid DelegationId,
    string Kind,
    string Roles,
    string ObjectType,
    Guid ObjectId,
    string TitleEn,
    string TitleFr,
    DateOnly? DueDay,
    DateTime DueTime,
    DateTime OpenTime)
{
    /// <summary>Its place in a list by due date.</summary>
    public PageKey PageKey => new(DueTime, Id);

    public WorkItem ToMessage(string language, DateTimeOffset now) => new()
    {
        Id = Id.ToString(),
        Kind = Kind,
        Title = language == "fr" ? TitleFr : TitleEn,
        OrganizationId = AssigneeId.ToString(),
        DelegationId = DelegationId.ToString(),
        Roles = { Roles.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(code => RoleCodes.TryParse(code, out var role) ? role : Role.Unspecified) },
        ObjectType = ObjectType,
        ObjectId = ObjectId.ToString(),
        DueDay = DayField.Write(DueDay),
        DueTime = DueDay is null && DueTime != DateTime.MaxValue ? Timestamp.FromDateTime(DueTime) : null,
        Late = DueTime <= now.UtcDateTime,
        OpenTime = Timestamp.FromDateTime(OpenTime),
    };
}
