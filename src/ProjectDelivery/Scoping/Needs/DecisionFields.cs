using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Scoping.Answers;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Becomes = Delegation.Delivery.V1.NeedDecision.Types.Becomes;
using NeedOutcome = Delegation.Delivery.V1.NeedDecision.Types.Outcome;

namespace Delegation.ProjectDelivery.Scoping.Needs;

/// <summary>Reads what a side wants to decide of a need: what each outcome needs, and nothing else.</summary>
internal static class DecisionFields
{
    private static readonly FieldViolation Required = new(
        "decision", "DECISION_REQUIRED", new("The decision is missing.", "La décision n'est pas renseignée."), new("Accept, refuse or defer the need.", "Acceptez, refusez ou différez le besoin."));

    private static readonly LocalizedText LeaveOut = new("Leave it out, or choose ACCEPT.", "Laissez ce champ vide, ou choisissez ACCEPT (accepter).");

    /// <summary>The decision and who is to do it; null for both with violations.</summary>
    public static (NeedDecision? Decision, ActionOwnerFields? Owner) Read(NeedDecision? decision, DateOnly today, ICollection<FieldViolation> violations)
    {
        if (decision is null)
        {
            violations.Add(Required);
            return (null, null);
        }

        var found = new List<FieldViolation>();
        AnswerReading.ReadEnum("outcome", decision.Outcome, found);
        var reason = decision.Outcome == NeedOutcome.Refuse
            ? TextField.ReadRequiredText("reason", decision.Reason, 2000, found)
            : TextField.ReadText("reason", decision.Reason, 2000, found);
        var due = decision.Outcome is NeedOutcome.Accept or NeedOutcome.Defer ? DayField.Read("due_day", decision.DueDay, found) : DayField.ReadOptional("due_day", decision.DueDay, found);
        if (decision.Outcome == NeedOutcome.Defer && due <= today)
            found.Add(new FieldViolation("due_day", "DUE_DAY_OVER", new("This day is over, or today.", "Ce jour est passé, ou c'est aujourd'hui."), new("Give a day ahead.", "Indiquez un jour à venir.")));
        var owner = ReadAccepted(decision, found);

        foreach (var violation in found)
            violations.Add(violation with { Field = $"decision.{violation.Field}" });
        return found.Count > 0 ? (null, null) : (new NeedDecision(decision) { Reason = reason! }, owner);
    }

    private static ActionOwnerFields? ReadAccepted(NeedDecision decision, List<FieldViolation> violations)
    {
        if (decision.Outcome == NeedOutcome.Accept)
        {
            AnswerReading.ReadEnum("becomes", decision.Becomes, violations);
            return ActionOwnerFields.Read(decision.Owner, violations);
        }

        foreach (var (field, isThere) in new[] { ("becomes", decision.Becomes != Becomes.Unspecified), ("owner", decision.Owner is not null) })
            if (isThere)
                violations.Add(new FieldViolation(
                    field, "NOT_FOR_THIS_OUTCOME", new("Only a need that is accepted becomes something.", "Seul un besoin accepté devient quelque chose."), LeaveOut));
        return null;
    }
}
