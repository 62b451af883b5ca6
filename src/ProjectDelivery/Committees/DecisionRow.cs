using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>A decision as the database keeps it.</summary>
internal sealed record DecisionRow(Guid Id, int Place, string Title, string? Side, string? Role, Guid? PersonId, DateOnly? DueDay, Guid? ActionId)
{
    public Decision ToMessage() => new()
    {
        Id = Id.ToString(),
        Title = Title,
        Owner = Side is null ? null : new ActionOwner
        {
            Side = RoleCodes.SideOf(Side),
            Role = RoleCodes.TryParse(Role, out var role) ? role : Access.V1.Role.Unspecified,
            PersonId = PersonId?.ToString() ?? "",
        },
        DueDay = DayField.Write(DueDay),
        ActionId = ActionId?.ToString() ?? "",
    };
}
