using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>What somebody says of an anomaly.</summary>
internal sealed record AnomalyFields(string Title, string Description, AnomalySeverity Severity, Side Side, DateOnly? DueDay)
{
    /// <summary>Null with violations, whose fields say that they are the anomaly's.</summary>
    public static AnomalyFields? Read(NewAnomaly anomaly, ICollection<FieldViolation> violations)
    {
        var found = new List<FieldViolation>();
        var fields = Read(anomaly.Title, anomaly.Description, anomaly.Severity, anomaly.Side, anomaly.DueDay, found);
        foreach (var violation in found)
            violations.Add(violation with { Field = $"anomaly.{violation.Field}" });
        return fields;
    }

    /// <summary>Null with violations.</summary>
    public static AnomalyFields? Read(UpdateAnomalyRequest request, ICollection<FieldViolation> violations) =>
        Read(request.Title, request.Description, request.Severity, request.Side, request.DueDay, violations);

    public AnomalyRow NewAnomaly(CampaignRow campaign, RunRow run, Guid id, DateTime now) => new(
        campaign.OwnerId, campaign.DelegationId, campaign.DelegateId, campaign.ProjectId, campaign.Id, run.CaseId, run.Id, id, Title, Description,
        Severity.Stored(), Anomaly.Types.State.Open.Stored(), Side.Code(), DueDay, Fix: "", Reserve: "", ProposedSeverity: null, ProposedReserve: null,
        ProposedBy: null, now, now, Revision: 1);

    private static AnomalyFields? Read(
        string title, string description, AnomalySeverity severity, Side side, string dueDay, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var line = TextField.ReadLine("title", title, 200, violations);
        var text = TextField.ReadText("description", description, 4000, violations);
        ChoiceField.Check("severity", severity, violations);
        ChoiceField.CheckSide("side", side, violations);
        var day = DayField.ReadOptional("due_day", dueDay, violations);
        return violations.Count > before ? null : new AnomalyFields(line!, text!, severity, side, day);
    }
}
