using Delegation.Delivery.V1;
using Delegation.TestKit.Access;
using static Delegation.ProjectDelivery.Tests.Preparing;

namespace Delegation.ProjectDelivery.Tests.Scoping;

/// <summary>Prepares calendars of projects.</summary>
internal static class PreparingCalendars
{
    public static ProjectCalendars.ProjectCalendarsClient Calendars(Scene scene, Actor actor) => new(scene.As(actor));

    /// <summary>A project with three milestones, in March, April and May of 2026.</summary>
    public static async Task<(TwoParties Two, ProjectCalendar Calendar)> CalendarAsync(this Scene scene)
    {
        var (two, project) = await scene.ProjectAsync();
        foreach (var day in new[] { "2026-03-16", "2026-04-16", "2026-05-18" })
        {
            var request = Milestone(project);
            (request.Title, request.DueDay) = ($"Jalon du {day}", day);
            await new Goals.GoalsClient(scene.As(two.Insurer)).CreateGoalAsync(request, deadline: Deadline);
        }

        return (two, await scene.ReadCalendarAsync(two.Insurer, project.Id));
    }

    public static async Task<ProjectCalendar> ReadCalendarAsync(this Scene scene, Actor actor, string projectId) =>
        await Calendars(scene, actor).GetProjectCalendarAsync(new GetProjectCalendarRequest { ProjectId = projectId }, deadline: Deadline);

    /// <summary>One milestone comes after another; both by their places in the calendar.</summary>
    public static SetMilestoneDependenciesRequest After(ProjectCalendar calendar, int later, int earlier, int lagDays) => new()
    {
        ProjectId = calendar.ProjectId,
        GoalId = calendar.Milestones[later].GoalId,
        After = { new MilestoneDependency { GoalId = calendar.Milestones[earlier].GoalId, LagDays = lagDays } },
        Etag = calendar.Etag,
    };

    /// <summary>Both sides agree on a calendar.</summary>
    public static async Task<ProjectCalendar> AgreeAsync(this Scene scene, TwoParties two, ProjectCalendar calendar)
    {
        var request = new ValidateProjectCalendarRequest { ProjectId = calendar.ProjectId, Etag = calendar.Etag };
        await Calendars(scene, two.Insurer).ValidateProjectCalendarAsync(request, deadline: Deadline);
        return await Calendars(scene, two.Delegate).ValidateProjectCalendarAsync(request, deadline: Deadline);
    }

    /// <summary>Moves a milestone to another day.</summary>
    public static async Task MoveAsync(this Scene scene, Actor actor, ProjectCalendar calendar, int place, string day)
    {
        var goals = new Goals.GoalsClient(scene.As(actor));
        var change = Whole(await goals.GetGoalAsync(new GetGoalRequest { ProjectId = calendar.ProjectId, GoalId = calendar.Milestones[place].GoalId }, deadline: Deadline));
        change.DueDay = day;
        await goals.UpdateGoalAsync(change, deadline: Deadline);
    }
}
