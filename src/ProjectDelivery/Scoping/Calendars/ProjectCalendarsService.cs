using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Scoping.Calendars;

/// <summary>The rpcs of <c>delegation.delivery.v1.ProjectCalendars</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class ProjectCalendarsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : ProjectCalendars.ProjectCalendarsBase
{
    public override async Task<ProjectCalendar> GetProjectCalendar(GetProjectCalendarRequest request, ServerCallContext context)
    {
        var projectId = PlanIds.ReadProject(request.ProjectId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        return (await session.ReadCalendarAsync(project, context.CancellationToken)).ToMessage(clock.GetUtcNow());
    }

    public override Task<ProjectCalendar> SetMilestoneDependencies(SetMilestoneDependenciesRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var after = DependencyFields.Read(request.After, Guid.TryParse(request.GoalId, out var goal) ? goal : default, violations);
        var ids = PlanIds.Read(request.ProjectId, "goal_id", request.GoalId, violations);
        return commands.RunAsync<SetMilestoneDependenciesRequest, ProjectCalendar>(
            request, context, (session, cancellation) => SetAsync(session, ids, after, request.Etag, cancellation));
    }

    public override Task<ProjectCalendar> ValidateProjectCalendar(ValidateProjectCalendarRequest request, ServerCallContext context)
    {
        var projectId = PlanIds.ReadProject(request.ProjectId, []);
        return commands.RunAsync<ValidateProjectCalendarRequest, ProjectCalendar>(
            request, context, (session, cancellation) => ValidateAsync(session, projectId, request.Etag, cancellation));
    }

    private async Task<Outcome<ProjectCalendar>> SetAsync(
        TenantSession session, (Guid Project, Guid Goal) ids, IReadOnlyList<Dependency> after, string etag, CancellationToken cancellationToken)
    {
        var project = (await session.LockProjectAsync(ids.Project, cancellationToken)).ValueOrStatus();
        (await session.FindGoalAsync(project, ids.Goal, cancellationToken)).ValueOrStatus();
        var before = await session.ReadCalendarAsync(project, cancellationToken);
        var violations = new List<FieldViolation>();
        if (before.Milestones.All(milestone => milestone.Id != ids.Goal))
            violations.Add(new FieldViolation(
                "goal_id", "DEPENDENCY_UNKNOWN", new("This is no milestone of the calendar.", "Ceci n'est pas un jalon du calendrier."),
                new("Give a milestone that was not dropped.", "Indiquez un jalon qui n'est pas abandonné.")));
        DependencyFields.Check(before, ids.Goal, after, violations);
        violations.RefuseIfAny();
        if ((before.EtagMismatch<ProjectCalendar>(etag) ?? ProjectChange.NeedsAProjectInProgress<ProjectCalendar>(project)) is { } refused)
            return refused;

        await session.ReplaceDependenciesAsync(project, ids.Goal, after, cancellationToken);
        return await SavedAsync(session, await session.RescheduleAsync(project, clock, cancellationToken), cancellationToken);
    }

    private async Task<Outcome<ProjectCalendar>> ValidateAsync(TenantSession session, Guid projectId, string etag, CancellationToken cancellationToken)
    {
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var calendar = await session.ReadCalendarAsync(project, cancellationToken);
        if ((calendar.EtagMismatch<ProjectCalendar>(etag) ?? ProjectChange.NeedsAProjectInProgress<ProjectCalendar>(project)) is { } refused)
            return refused;

        if (calendar.Milestones.Count == 0)
            return new Outcome<ProjectCalendar>.Refused("CALENDAR_EMPTY", new("The calendar has no milestone.", "Le calendrier n'a aucun jalon."));

        var side = session.Caller.Side;
        if (calendar.ConsentOf(side) is not null)
            return new Outcome<ProjectCalendar>.Refused(
                "CALENDAR_ALREADY_VALIDATED", new("Your side has agreed on this calendar already.", "Votre partie a déjà validé ce calendrier."));

        var now = clock.GetUtcNow().InMicroseconds();
        var consents = side == Side.Insurer
            ? calendar.Consents with { InsurerSha256 = calendar.Sha256, InsurerConsentTime = now }
            : calendar.Consents with { DelegateSha256 = calendar.Sha256, DelegateConsentTime = now };
        if (calendar.ConsentOf(side == Side.Insurer ? Side.Delegate : Side.Insurer) is not null)
        {
            consents = consents with { Version = consents.Version + 1, AgreedSha256 = calendar.Sha256 };
            await session.KeepBaselineAsync(calendar, consents.Version, cancellationToken);
            calendar = calendar with { Milestones = [.. calendar.Milestones.Select(milestone => milestone with { BaselineDay = milestone.DueDay })] };
        }

        return await SavedAsync(session, calendar with { Consents = consents }, cancellationToken);
    }

    private async Task<Outcome<ProjectCalendar>> SavedAsync(TenantSession session, CalendarNow calendar, CancellationToken cancellationToken)
    {
        var saved = calendar with { Consents = calendar.Consents with { Revision = calendar.Consents.Revision + 1 } };
        await session.SaveConsentsAsync(calendar.Project, saved.Consents, cancellationToken);
        await session.AppendAsync(
            calendar.Project.Parties.Entry(CalendarWork.ObjectType, calendar.Project.Id, saved.Consents.Revision, new ProjectCalendarChanged { Calendar = saved.ToMessage(now: null) }),
            clock, cancellationToken);
        await session.KeepCalendarWorkAsync(saved, clock, cancellationToken);
        return new Outcome<ProjectCalendar>.Accepted(saved.ToMessage(clock.GetUtcNow()));
    }
}
