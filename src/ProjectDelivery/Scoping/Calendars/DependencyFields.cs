using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Scoping.Answers;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.Collections;

namespace Delegation.ProjectDelivery.Scoping.Calendars;

/// <summary>Reads what a milestone comes after.</summary>
internal static class DependencyFields
{
    private const int Most = 20;
    private const int LongestLag = 250;

    /// <summary>What could be read; what is wrong with the rest is added.</summary>
    public static IReadOnlyList<Dependency> Read(RepeatedField<MilestoneDependency> after, Guid goalId, ICollection<FieldViolation> violations)
    {
        AnswerReading.ReadLimit("after", after.Count, Most, violations);
        var read = new List<Dependency>();
        foreach (var (dependency, place) in after.Take(Most).Select((dependency, place) => (dependency, place)))
        {
            if (dependency.LagDays is < 0 or > LongestLag)
                violations.Add(new FieldViolation(
                    $"after[{place}].lag_days", "LAG_OUT_OF_RANGE", new("This is not between 0 and 250 days.", "Ceci n'est pas compris entre 0 et 250 jours."),
                    new("Say how many working days later.", "Indiquez le nombre de jours ouvrés d'écart.")));
            if (IdField.Read($"after[{place}].goal_id", dependency.GoalId, violations) is not { } before)
                continue;

            if (read.Any(other => other.AfterGoalId == before))
                violations.Add(new FieldViolation(
                    $"after[{place}].goal_id", "DEPENDENCY_TWICE", new("This milestone is there twice.", "Ce jalon figure deux fois."), new("Keep it once.", "Ne le gardez qu'une fois.")));
            read.Add(new Dependency(goalId, before, dependency.LagDays));
        }

        return read;
    }

    /// <summary>Each is a milestone of the calendar, and none comes after itself by way of others; what is wrong is added.</summary>
    public static void Check(CalendarNow calendar, Guid goalId, IReadOnlyList<Dependency> after, ICollection<FieldViolation> violations)
    {
        var others = calendar.Dependencies.Where(dependency => dependency.GoalId != goalId).ToList();
        for (var place = 0; place < after.Count; place++)
            if (calendar.Milestones.All(milestone => milestone.Id != after[place].AfterGoalId))
                violations.Add(new FieldViolation(
                    $"after[{place}].goal_id", "DEPENDENCY_UNKNOWN", new("The calendar has no milestone with this id.", "Le calendrier n'a aucun jalon portant cet identifiant."),
                    new("Give the `goal_id` of one of its milestones.", "Indiquez le `goal_id` de l'un de ses jalons.")));
            else if (MilestonePlan.HasCycle([.. others, after[place]]))
                violations.Add(new FieldViolation(
                    $"after[{place}].goal_id", "DEPENDENCY_CYCLE", new("This milestone would come after itself.", "Ce jalon viendrait après lui-même."),
                    new("Leave it out, or change what that one comes after.", "Retirez-le, ou changez ce dont il dépend.")));
    }
}
