using Delegation.ServiceDefaults.Calendar;

namespace Delegation.ProjectDelivery.Scoping.Calendars;

/// <summary>A milestone that was not dropped.</summary>
internal sealed record Milestone(Guid Id, string Title, DateOnly DueDay, string State, DateOnly? BaselineDay);

/// <summary>A milestone comes after another.</summary>
internal sealed record Dependency(Guid GoalId, Guid AfterGoalId, int LagDays);

/// <summary>The days that follow from dependencies: a pure function of milestones and what they come after.</summary>
internal static class MilestonePlan
{
    /// <summary>The milestones that are too early for what they come after, each with the first day that fits; none when all fit.</summary>
    /// <param name="milestones">As they are.</param>
    /// <param name="dependencies">Without a cycle.</param>
    /// <param name="isFixed">True for milestones that do not move: they are reached.</param>
    public static IReadOnlyDictionary<Guid, DateOnly> Moved(
        IReadOnlyCollection<Milestone> milestones, IReadOnlyCollection<Dependency> dependencies, Func<Milestone, bool> isFixed)
    {
        var before = dependencies.ToLookup(dependency => dependency.GoalId);
        var known = milestones.ToDictionary(milestone => milestone.Id);
        var days = new Dictionary<Guid, DateOnly>();
        foreach (var milestone in milestones)
            DayOf(milestone.Id);
        return milestones.Where(milestone => days[milestone.Id] != milestone.DueDay).ToDictionary(milestone => milestone.Id, milestone => days[milestone.Id]);

        DateOnly DayOf(Guid id)
        {
            if (days.TryGetValue(id, out var found))
                return found;

            var milestone = known[id];
            var first = isFixed(milestone)
                ? milestone.DueDay
                : before[id].Where(dependency => known.ContainsKey(dependency.AfterGoalId))
                    .Select(dependency => Later(DayOf(dependency.AfterGoalId), dependency.LagDays)).Append(milestone.DueDay).Max();
            return days[id] = first;
        }
    }

    /// <summary>Whether a milestone comes after itself, by way of others.</summary>
    public static bool HasCycle(IReadOnlyCollection<Dependency> dependencies)
    {
        var before = dependencies.ToLookup(dependency => dependency.GoalId, dependency => dependency.AfterGoalId);
        var done = new HashSet<Guid>();
        return dependencies.Any(dependency => Returns(dependency.GoalId, []));

        bool Returns(Guid id, HashSet<Guid> way)
        {
            if (done.Contains(id))
                return false;
            if (!way.Add(id))
                return true;

            var returns = before[id].Any(other => Returns(other, way));
            way.Remove(id);
            done.Add(id);
            return returns;
        }
    }

    private static DateOnly Later(DateOnly day, int workingDays) => workingDays == 0 ? day : BusinessCalendar.Ouvres.Add(day, workingDays);
}
