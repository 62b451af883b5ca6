using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Projects;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Portfolio;

/// <summary>One delegation at a glance, for one of its parties.</summary>
internal sealed record PortfolioRow(
    Guid DelegationId,
    string Title,
    string InsurerName,
    string DelegateName,
    bool IsOpen,
    Guid? ProjectId,
    string? ProjectPhase,
    int OpenItems,
    int LateItems,
    DateTime? NextDue)
{
    public PortfolioEntry ToMessage() => new()
    {
        DelegationId = DelegationId.ToString(),
        Title = Title,
        InsurerName = InsurerName,
        DelegateName = DelegateName,
        Open = IsOpen,
        ProjectId = ProjectId?.ToString() ?? "",
        ProjectPhase = ProjectPhase is { } phase ? ProjectCodes.PhaseOf(phase) : Delivery.V1.ProjectPhase.Unspecified,
        OpenWorkItems = OpenItems,
        LateWorkItems = LateItems,
        NextDueTime = NextDue is { } due ? Timestamp.FromDateTime(due) : null,
    };
}
