using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.ProjectDelivery.Launch;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>A runbook that somebody writes.</summary>
internal sealed record RunbookFields(string Title, DateTime StartTime, IReadOnlyList<(PlannedStep Step, ActionOwnerFields Owner, string Title, DateTime? NotBefore)> Steps)
{
    private const int MostSteps = 500;
    private const int MostMinutes = 10_080;

    /// <summary>Null with violations.</summary>
    public static RunbookFields? Read(string title, Timestamp? start, RepeatedField<PlannedStep> steps, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var line = TextField.ReadLine("title", title, 200, violations);
        var time = InstantField.Read("start_time", start, violations);
        if (steps.Count > MostSteps)
            violations.Add(new(
                "steps", "TOO_MANY_ENTRIES", new($"There are {steps.Count} steps.", $"Il y a {steps.Count} étapes."),
                new($"Give at most {MostSteps}.", $"Indiquez-en au plus {MostSteps}.")));
        if (steps.All(step => step.Kind != CutoverStepKind.DecisionPoint))
            violations.Add(new(
                "steps", "DECISION_POINT_REQUIRED", new("Both sides decide nowhere.", "Les deux parties ne décident nulle part."),
                new("Add a step of the kind DECISION_POINT.", "Ajoutez une étape de nature DECISION_POINT.")));
        if (steps.All(step => step.Kind != CutoverStepKind.RollbackPoint))
            violations.Add(new(
                "steps", "ROLLBACK_POINT_REQUIRED", new("There is no state to go back to.", "Il n'y a aucun état auquel revenir."),
                new("Add a step of the kind ROLLBACK_POINT.", "Ajoutez une étape de nature ROLLBACK_POINT.")));

        var numbers = new HashSet<int>();
        var read = steps.Take(MostSteps).Select((step, place) => ReadStep(step, place, numbers, violations)).ToArray();
        return violations.Count > before ? null : new RunbookFields(line!, time!.Value, [.. read.Select(step => step!.Value)]);
    }

    /// <summary>The steps, none of which has happened.</summary>
    public IReadOnlyList<Step> NewSteps(DateTimeOffset now) => [.. Steps.Select(step => new Step(
        NewId.At(now), step.Step.Number, step.Title, step.Step.Kind.Stored(), step.Owner.Side.Code(), step.Owner.Role?.Code(), step.Owner.PersonId,
        step.Step.DurationMinutes, step.NotBefore, [.. step.Step.After.Distinct()]))];

    // Its fields say which step it is. The numbers of the steps before it are known.
    private static (PlannedStep, ActionOwnerFields, string, DateTime?)? ReadStep(
        PlannedStep step, int place, HashSet<int> numbers, ICollection<FieldViolation> violations)
    {
        var found = new List<FieldViolation>();
        if (step.After.Any(number => !numbers.Contains(number)))
            found.Add(new(
                "after", "PREDECESSOR_UNKNOWN", new("A step that it waits for is not earlier in the list.", "Une étape attendue ne figure pas plus haut dans la liste."),
                new("Give numbers of earlier steps.", "Indiquez des numéros d'étapes précédentes.")));
        if (step.Number is < 1 or > 9999)
            found.Add(new(
                "number", "NUMBER_OUT_OF_RANGE", new("This is no number of a step.", "Ceci n'est pas un numéro d'étape."), new("Give 1 to 9999.", "Indiquez de 1 à 9999.")));
        else if (!numbers.Add(step.Number))
            found.Add(new(
                "number", "NUMBER_REPEATED", new("Two steps have this number.", "Deux étapes portent ce numéro."), new("Give each its own.", "Donnez à chacune le sien.")));
        if (step.DurationMinutes is < 0 or > MostMinutes)
            found.Add(new(
                "duration_minutes", "DURATION_OUT_OF_RANGE", new("A step is not so long.", "Une étape n'a pas cette durée."),
                new($"Give 0 to {MostMinutes} minutes.", $"Indiquez de 0 à {MostMinutes} minutes.")));

        var title = TextField.ReadLine("title", step.Title, 200, found);
        ChoiceField.Check("kind", step.Kind, found);
        var owner = ActionOwnerFields.Read(step.Owner, found);
        var notBefore = InstantField.ReadOptional("not_before_time", step.NotBeforeTime, found);
        foreach (var violation in found)
            violations.Add(violation with { Field = $"steps[{place}].{violation.Field}" });
        return found.Count > 0 ? null : (step, owner!, title!, notBefore);
    }
}
