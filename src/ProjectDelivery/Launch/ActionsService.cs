using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Grpc.Core;
using Action = Delegation.Delivery.V1.Action;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>The rpcs of <c>delegation.delivery.v1.Actions</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class ActionsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : Actions.ActionsBase
{
    private const string ObjectType = "action";

    public override Task<Action> CreateAction(CreateActionRequest request, ServerCallContext context) => commands.RunAsync<CreateActionRequest, Action>(
        request, context, (session, cancellation) => CreateAsync(session, request, cancellation));

    public override async Task<Action> GetAction(GetActionRequest request, ServerCallContext context)
    {
        var (projectId, actionId) = PlanIds.Read(request.ProjectId, "action_id", request.ActionId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        return (await session.FindActionAsync(project, actionId, context.CancellationToken)).ValueOrStatus().ToMessage(clock.GetUtcNow());
    }

    public override async Task<ListActionsResponse> ListActions(ListActionsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var state = ActionFields.ReadFilter(request.State, violations);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var rows = await session.ListActionsAsync(project, state, asked, context.CancellationToken);
        var page = rows.ToPage(asked, ActionStore.PageKey);
        var now = clock.GetUtcNow();

        return new ListActionsResponse { Actions = { page.Items.Select(action => action.ToMessage(now)) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<ListDelegationActionsResponse> ListDelegationActions(ListDelegationActionsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var state = ActionFields.ReadFilter(request.State, violations);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(delegationId!.Value, context.CancellationToken)).ValueOrStatus();
        var page = (await session.ListActionsAsync(delegation, state, asked, context.CancellationToken)).ToPage(asked, ActionStore.PageKey);
        var now = clock.GetUtcNow();

        return new ListDelegationActionsResponse { Actions = { page.Items.Select(action => action.ToMessage(now)) }, NextPageToken = page.NextPageToken };
    }

    public override Task<Action> UpdateAction(UpdateActionRequest request, ServerCallContext context) => commands.RunAsync<UpdateActionRequest, Action>(
        request, context, (session, cancellation) => UpdateAsync(session, request, cancellation));

    private async Task<Outcome<Action>> CreateAsync(TenantSession session, CreateActionRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = ActionFields.Read(request, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        await CheckAsync(session, project, fields!, before: null, cancellationToken);
        if (ProjectChange.NeedsAProjectInProgress<Action>(project) is { } closed)
            return closed;

        var now = clock.GetUtcNow();
        var action = fields!.NewAction(project, NewId.At(now), now.InMicroseconds());
        await session.InsertActionAsync(action, cancellationToken);
        return await ToldAsync(session, action, new ActionCreated { Action = action.ToEvent() }, cancellationToken);
    }

    private async Task<Outcome<Action>> UpdateAsync(TenantSession session, UpdateActionRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = ActionFields.Read(request, violations);
        var (projectId, actionId) = PlanIds.Read(request.ProjectId, "action_id", request.ActionId, violations);
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var action = (await session.FindActionAsync(project, actionId, cancellationToken)).ValueOrStatus();
        await CheckAsync(session, project, fields!, action, cancellationToken);
        if ((Etag.Mismatch<Action>(request.Etag, action.Id, action.Revision) ?? ProjectChange.NeedsAProjectInProgress<Action>(project)) is { } refused)
            return refused;

        var changed = fields!.Change(action, clock.GetUtcNow().InMicroseconds());
        await session.UpdateActionAsync(changed, cancellationToken);
        return await ToldAsync(session, changed, new ActionUpdated { Action = changed.ToEvent() }, cancellationToken);
    }

    // What only the database knows of a request: who are colleagues, and which goals there are.
    private static async Task CheckAsync(TenantSession session, ProjectRow project, ActionFields fields, ActionRow? before, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var isColleague = fields.Owner.PersonId is { } person && await session.IsColleagueAsync(person, cancellationToken);
        if (fields.Owner.EachSideNamesItsOwnPeople(session.Caller.Side, before?.Owner, isColleague) is { } violation)
            violations.Add(violation);
        if (fields.KeepsTheDecisionItComesFrom(before) is { } fixedOrigin)
            violations.Add(fixedOrigin);
        if (fields.GoalId is { } goal && (await session.FindGoalAsync(project, goal, cancellationToken)) is Outcome<GoalRow>.NotFound)
            violations.Add(ActionFields.OriginUnknown);

        violations.RefuseIfAny();
    }

    private async Task<Outcome<Action>> ToldAsync(TenantSession session, ActionRow action, IMessage happened, CancellationToken cancellationToken)
    {
        await session.AppendAsync(action.Parties.Entry(ObjectType, action.Id, action.Revision, happened), clock, cancellationToken);
        await session.KeepActionWorkAsync(action, clock, cancellationToken);
        return new Outcome<Action>.Accepted(action.ToMessage(clock.GetUtcNow()));
    }
}
