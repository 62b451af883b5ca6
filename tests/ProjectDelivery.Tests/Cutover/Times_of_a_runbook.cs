using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Cutover;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.ProjectDelivery.Tests.Cutover;

public sealed class Times_of_a_runbook
{
    private static readonly DateTime Start = new(2027, 1, 1, 6, 0, 0, DateTimeKind.Utc);

    // Up to nine steps, each with its length, perhaps an earliest time, and some of the steps before it.
    private static readonly Gen<Step[]> Runbooks =
        from size in Gen.Choose(1, 9)
        from minutes in Gen.Choose(0, 300).ArrayOf(size)
        from earliest in Gen.Frequency((3, Gen.Constant(-1)), (1, Gen.Choose(0, 900))).ArrayOf(size)
        from links in Gen.Choose(0, 255).ArrayOf(size)
        select Enumerable.Range(0, size).Select(place => Planned(
            place + 1, minutes[place], earliest[place] < 0 ? null : Start.AddMinutes(earliest[place]), [.. Enumerable.Range(0, place).Where(before => (links[place] >> before & 1) == 1).Select(before => before + 1)]))
            .ToArray();

    [Fact]
    public void Planned_times_are_the_longest_way_of_all() => Prop.ForAll(Runbooks.ToArbitrary(), steps =>
    {
        var times = RunbookTimes.Planned(Start, steps);
        return steps.All(step => times[step.Number].End == Ways(steps, step).Max(way => Walk(way)) && times[step.Number].End == times[step.Number].Start.AddMinutes(step.Minutes));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void A_forecast_of_what_goes_as_planned_is_the_plan_and_a_delay_moves_only_what_comes_after() => Prop.ForAll(
        Runbooks.Zip(Gen.Choose(0, 8)).Zip(Gen.Choose(1, 500)).ToArbitrary(),
        drawn =>
        {
            var ((steps, chosen), late) = drawn;
            var planned = RunbookTimes.Planned(Start, steps);
            if (!RunbookTimes.Forecast(Start, steps, Start.AddDays(-1)).All(time => time.Value == planned[time.Key]))
                return false;

            var delayed = steps[chosen % steps.Length];
            var now = planned[delayed.Number].End.AddMinutes(late);
            var asItWent = steps.Select(step => step == delayed ? step with { Began = planned[step.Number].Start, Ended = now }
                : planned[step.Number].End <= now ? step with { Began = planned[step.Number].Start, Ended = planned[step.Number].End } : step).ToArray();
            var forecast = RunbookTimes.Forecast(Start, asItWent, now);

            // What has ended is what it was; what is to come is neither in the past nor before what it waits for.
            return asItWent.All(step => step.Ended is { } ended
                ? forecast[step.Number].End == ended
                : forecast[step.Number].Start >= now && step.After.All(number => forecast[step.Number].Start >= forecast[number].End));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void A_step_under_way_that_should_have_ended_ends_now_at_the_earliest()
    {
        Step[] steps = [Planned(1, 30, null, []) with { Began = Start }, Planned(2, 10, null, [1])];

        var forecast = RunbookTimes.Forecast(Start, steps, Start.AddMinutes(45));

        Assert.Equal(Start.AddMinutes(55), RunbookTimes.End(Start, forecast));
    }

    // Each way to a step: all sequences of steps that wait for each other and end with it.
    private static IEnumerable<Step[]> Ways(Step[] steps, Step to) => to.After.Count == 0
        ? [[to]]
        : to.After.SelectMany(number => Ways(steps, steps.Single(step => step.Number == number)).Select(way => way.Append(to).ToArray()));

    private static DateTime Walk(Step[] way) => way.Aggregate(Start, (time, step) => (step.NotBefore is { } earliest && earliest > time ? earliest : time).AddMinutes(step.Minutes));

    private static Step Planned(int number, int minutes, DateTime? notBefore, int[] after) =>
        new(Guid.NewGuid(), number, $"Étape {number}", CutoverStepKind.Task.Stored(), "insurer", "project_lead", null, minutes, notBefore, after);
}
