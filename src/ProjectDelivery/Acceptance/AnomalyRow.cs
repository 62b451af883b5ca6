using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Delivery.V1.Anomaly.Types.State;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>An anomaly as the database keeps it.</summary>
internal sealed record AnomalyRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid ProjectId,
    Guid CampaignId,
    Guid CaseId,
    Guid RunId,
    Guid Id,
    string Title,
    string Description,
    string Severity,
    string State,
    string Side,
    DateOnly? DueDay,
    string Fix,
    string Reserve,
    string? ProposedSeverity,
    string? ProposedReserve,
    string? ProposedBy,
    DateTime CreateTime,
    DateTime UpdateTime,
    long Revision)
{
    public const string ObjectType = "anomaly";

    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public State In => StoredNames.Read<State>(State);

    public AnomalySeverity Hurts => StoredNames.Read<AnomalySeverity>(Severity);

    /// <summary>The side that fixes it.</summary>
    public Side Fixer => RoleCodes.SideOf(Side);

    /// <summary>Nothing is accepted while it is so.</summary>
    public bool Blocks => Hurts == AnomalySeverity.Blocking && In is not Anomaly.Types.State.Closed;

    /// <summary>Not done with: it stands in reports as a reserve.</summary>
    public bool IsReserve => In is not Anomaly.Types.State.Closed;

    public Anomaly ToMessage() => new()
    {
        Id = Id.ToString(),
        ProjectId = ProjectId.ToString(),
        CampaignId = CampaignId.ToString(),
        CaseId = CaseId.ToString(),
        RunId = RunId.ToString(),
        Title = Title,
        Description = Description,
        Severity = Hurts,
        State = In,
        Side = Fixer,
        DueDay = DayField.Write(DueDay),
        Fix = Fix,
        Reserve = Reserve,
        Proposed = ProposedBy is null ? null : new AnomalySettlement
        {
            Severity = ProposedSeverity is null ? AnomalySeverity.Unspecified : StoredNames.Read<AnomalySeverity>(ProposedSeverity),
            Reserve = ProposedReserve ?? "",
            ProposedBy = RoleCodes.SideOf(ProposedBy),
        },
        CreateTime = Timestamp.FromDateTime(CreateTime),
        UpdateTime = Timestamp.FromDateTime(UpdateTime),
        Etag = Etag.Of(Id, Revision),
    };
}
