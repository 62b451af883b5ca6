using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Calendars;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>The rpcs of <c>delegation.delivery.v1.Goals</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class GoalsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : Goals.GoalsBase
{
    private const string ObjectType = "goal";

    public override Task<Goal> CreateGoal(CreateGoalRequest request, ServerCallContext context) => commands.RunAsync<CreateGoalRequest, Goal>(
        request, context, (session, cancellation) => CreateAsync(session, request, cancellation));

    public override async Task<Goal> GetGoal(GetGoalRequest request, ServerCallContext context)
    {
        var (projectId, goalId) = PlanIds.Read(request.ProjectId, "goal_id", request.GoalId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        return (await session.FindGoalAsync(project, goalId, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListGoalsResponse> ListGoals(ListGoalsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var kind = GoalFields.ReadFilter(request.Kind, violations);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var rows = await session.ListGoalsAsync(project, kind, asked, context.CancellationToken);
        var page = rows.ToPage(asked, goal => new PageKey(default, goal.Id));

        return new ListGoalsResponse { Goals = { page.Items.Select(goal => goal.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<Goal> UpdateGoal(UpdateGoalRequest request, ServerCallContext context) => commands.RunAsync<UpdateGoalRequest, Goal>(
        request, context, (session, cancellation) => UpdateAsync(session, request, cancellation));

    private async Task<Outcome<Goal>> CreateAsync(TenantSession session, CreateGoalRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = GoalFields.Read(request, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        if (ProjectChange.NeedsAProjectInProgress<Goal>(project) is { } closed)
            return closed;

        var now = clock.GetUtcNow();
        var goal = fields!.NewGoal(project, NewId.At(now), now.InMicroseconds());
        await session.InsertGoalAsync(goal, cancellationToken);
        return await ToldAsync(session, goal, new GoalCreated { Goal = goal.ToMessage() }, cancellationToken);
    }

    private async Task<Outcome<Goal>> UpdateAsync(TenantSession session, UpdateGoalRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = GoalFields.Read(request, violations);
        var (projectId, goalId) = PlanIds.Read(request.ProjectId, "goal_id", request.GoalId, violations);
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var goal = (await session.FindGoalAsync(project, goalId, cancellationToken)).ValueOrStatus();
        if (fields!.AMilestoneHasADay(goal.Kind) is { } missing)
            return new Outcome<Goal>.Invalid(missing);
        if ((Etag.Mismatch<Goal>(request.Etag, goal.Id, goal.Revision) ?? ProjectChange.NeedsAProjectInProgress<Goal>(project)) is { } refused)
            return refused;

        var changed = fields.Change(goal, clock.GetUtcNow().InMicroseconds());
        await session.UpdateGoalAsync(changed, cancellationToken);
        var told = await ToldAsync(session, changed, new GoalUpdated { Goal = changed.ToMessage() }, cancellationToken);
        if (changed.Kind != Goal.Types.Kind.Milestone.Stored())
            return told;

        // What comes after it moves with it, and it moves itself where it is too early for what it comes after.
        await session.RescheduleAsync(project, clock, cancellationToken);
        return new Outcome<Goal>.Accepted((await session.FindGoalAsync(project, goalId, cancellationToken)).ValueOrStatus().ToMessage());
    }

    private async Task<Outcome<Goal>> ToldAsync(TenantSession session, GoalRow goal, IMessage happened, CancellationToken cancellationToken)
    {
        await session.AppendAsync(goal.Parties.Entry(ObjectType, goal.Id, goal.Revision, happened), clock, cancellationToken);
        return new Outcome<Goal>.Accepted(goal.ToMessage());
    }
}
