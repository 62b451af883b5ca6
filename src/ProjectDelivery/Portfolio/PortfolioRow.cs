using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Portfolio;

/// <summary>One delegation at a glance, for one of its parties.</summary>
internal sealed record PortfolioRow(
    Guid DelegationId,
    string Title,
    string InsurerName,
    string DelegateName,
    bool IsOpen,
    string? TitleKind,
    DateOnly? TitleLastDay,
    Guid? ProjectId,
    string? ProjectPhase,
    int OpenItems,
    int LateItems,
    DateTime? NextDue,
    string? RunStage,
    int OpenOverrides)
{
    public PortfolioEntry ToMessage() => new()
    {
        DelegationId = DelegationId.ToString(),
        Title = Title,
        InsurerName = InsurerName,
        DelegateName = DelegateName,
        Open = IsOpen,
        TitleKind = TitleKind is { } kind ? StoredNames.Read<Delivery.V1.TitleKind>(kind) : Delivery.V1.TitleKind.Unspecified,
        TitleEndDay = DayField.Write(TitleLastDay == DateOnly.MaxValue ? null : TitleLastDay),
        ProjectId = ProjectId?.ToString() ?? "",
        ProjectPhase = ProjectPhase is { } phase ? StoredNames.Read<Delivery.V1.ProjectPhase>(phase) : Delivery.V1.ProjectPhase.Unspecified,
        OpenWorkItems = OpenItems,
        LateWorkItems = LateItems,
        NextDueTime = NextDue is { } due ? Timestamp.FromDateTime(due) : null,
        RunStage = RunStage is { } stage ? StoredNames.Read<Delivery.V1.RunStage>(stage) : Delivery.V1.RunStage.Unspecified,
        OpenOverrides = OpenOverrides,
    };
}
