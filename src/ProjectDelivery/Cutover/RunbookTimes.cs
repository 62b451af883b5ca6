namespace Delegation.ProjectDelivery.Cutover;

/// <summary>When a step begins and ends.</summary>
internal readonly record struct StepTimes(DateTime Start, DateTime End);

/// <summary>
/// The times of a runbook: the longest way from its start to each step. Each step stands after those that it waits for, so that one look at
/// each is enough.
/// </summary>
internal static class RunbookTimes
{
    /// <summary>As it was planned, by the number of the step.</summary>
    public static IReadOnlyDictionary<int, StepTimes> Planned(DateTime start, IReadOnlyList<Step> steps) => Of(start, steps, step => null, floor: null);

    /// <summary>As things stand: what happened is what it was, and what has not happened yet does not lie in the past.</summary>
    public static IReadOnlyDictionary<int, StepTimes> Forecast(DateTime start, IReadOnlyList<Step> steps, DateTime now) => Of(start, steps, step => step switch
    {
        { Ended: { } ended } => new StepTimes(step.Began ?? ended, ended),
        { Began: { } began } => new StepTimes(began, Later(began.AddMinutes(step.Minutes), now)),
        _ => null,
    }, now);

    /// <summary>When the last step ends.</summary>
    public static DateTime End(DateTime start, IReadOnlyDictionary<int, StepTimes> times) => times.Values.Select(step => step.End).Append(start).Max();

    private static Dictionary<int, StepTimes> Of(DateTime start, IReadOnlyList<Step> steps, Func<Step, StepTimes?> happened, DateTime? floor)
    {
        var times = new Dictionary<int, StepTimes>(steps.Count);
        foreach (var step in steps)
        {
            var free = step.After.Aggregate(start, (latest, number) => Later(latest, times[number].End));
            var begins = Later(Later(free, step.NotBefore ?? free), floor ?? free);
            times[step.Number] = happened(step) ?? new StepTimes(begins, begins.AddMinutes(step.Minutes));
        }

        return times;
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
