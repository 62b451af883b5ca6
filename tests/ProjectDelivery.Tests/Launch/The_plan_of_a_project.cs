using Dapper;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using Grpc.Core;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Preparing;

namespace Delegation.ProjectDelivery.Tests.Launch;

/// <summary>Objectives, milestones and actions, which both sides write.</summary>
public sealed class The_plan_of_a_project(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task What_one_side_adds_the_other_reads_and_changes_and_the_journal_tells_both()
    {
        var (two, goal) = await host.Scene.GoalAsync();
        var request = Whole(goal);
        request.State = Goal.Types.State.Reached;

        var reached = await Goals(two.Delegate).UpdateGoalAsync(request, deadline: Deadline);

        Assert.Equal(Goal.Types.State.Reached, reached.State);
        Assert.NotEqual(goal.Etag, reached.Etag);
        Assert.Equal(reached, await Goals(two.Insurer).GetGoalAsync(new GetGoalRequest { ProjectId = goal.ProjectId, GoalId = goal.Id }, deadline: Deadline));
        Assert.Equal(
            [("GoalCreated", 1L, two.Parties.OwnerId), ("GoalUpdated", 2L, two.Parties.DelegateId)],
            await WrittenAsync(goal.Id));
    }

    [PostgresFact]
    public async Task A_milestone_without_a_day_is_refused_and_an_objective_may_have_none()
    {
        var (two, goal) = await host.Scene.GoalAsync();
        var objective = new CreateGoalRequest { ProjectId = goal.ProjectId, Kind = Goal.Types.Kind.Objective, Title = "Aucune rupture de service pour les assurés" };
        Assert.Equal("", (await Goals(two.Insurer).CreateGoalAsync(objective, deadline: Deadline)).DueDay);

        var request = Whole(goal);
        request.DueDay = "";
        var refusal = await Refusals.ThrownBy(Goals(two.Insurer).UpdateGoalAsync(request, deadline: Deadline));

        Assert.Equal([("due_day", "DUE_DAY_REQUIRED")], refusal.Violations());
    }

    [PostgresFact]
    public async Task A_change_to_what_somebody_else_changed_meanwhile_is_refused_and_one_without_an_etag_too()
    {
        var (two, action) = await host.Scene.ActionAsync();
        var request = Whole(action);
        await Actions(two.Delegate).UpdateActionAsync(request, deadline: Deadline);

        var stale = await Refusals.ThrownBy(Actions(two.Insurer).UpdateActionAsync(request, deadline: Deadline));
        request.Etag = "";
        var missing = await Refusals.ThrownBy(Actions(two.Insurer).UpdateActionAsync(request, deadline: Deadline));

        Assert.Equal([(StatusCode.Aborted, "ETAG_STALE"), (StatusCode.FailedPrecondition, "ETAG_REQUIRED")], [stale.Kind(), missing.Kind()]);
        Assert.Equal(2, (await WrittenAsync(action.Id)).Count);
    }

    [PostgresFact]
    public async Task A_retry_adds_nothing_and_gets_the_first_answer()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var request = NewAction(project.Id, Side.Insurer);
        request.RequestId = Guid.NewGuid().ToString();

        var first = await Actions(two.Insurer).CreateActionAsync(request, deadline: Deadline);
        var again = await Actions(two.Insurer).CreateActionAsync(request, deadline: Deadline);

        Assert.Equal(first, again);
        Assert.Single((await Actions(two.Insurer).ListActionsAsync(new ListActionsRequest { ProjectId = project.Id }, deadline: Deadline)).Actions);
    }

    [PostgresFact]
    public async Task All_mistakes_are_told_at_once_and_nothing_is_written()
    {
        var (two, project) = await host.Scene.ProjectAsync();

        var refusal = await Refusals.ThrownBy(Actions(two.Insurer).CreateActionAsync(
            new CreateActionRequest
            {
                ProjectId = project.Id,
                Title = new string('x', 201),
                Description = "\u0007",
                Owner = new ActionOwner { Side = Side.Either, Role = (Role)99, PersonId = "x" },
                DueDay = "31/12/2026",
                Origin = new ActionOrigin { Type = "committee", Id = "x" },
            },
            deadline: Deadline));

        Assert.Equal(
            [
                ("title", "TITLE_TOO_LONG"), ("description", "DESCRIPTION_INVISIBLE_CHARACTER"), ("owner.side", "SIDE_UNKNOWN"), ("owner.role", "ROLE_UNKNOWN"),
                ("owner", "OWNER_AMBIGUOUS"), ("owner.person_id", "PERSON_ID_MALFORMED"), ("due_day", "DUE_DAY_MALFORMED"), ("origin.type", "TYPE_UNKNOWN"),
                ("origin.id", "ID_MALFORMED"),
            ],
            refusal.Violations());
        Assert.Empty((await Actions(two.Insurer).ListActionsAsync(new ListActionsRequest { ProjectId = project.Id }, deadline: Deadline)).Actions);
    }

    [PostgresFact]
    public async Task Each_side_names_its_own_people_and_whom_the_other_named_may_stay()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var request = NewAction(project.Id, Side.Delegate);
        request.Owner = new ActionOwner { Side = Side.Delegate, PersonId = host.Scene.PersonOf(two.Delegate).ToString() };

        var foreign = await Refusals.ThrownBy(Actions(two.Insurer).CreateActionAsync(request, deadline: Deadline));
        Assert.Equal([("owner.person_id", "PERSON_OF_OTHER_SIDE")], foreign.Violations());

        var action = await Actions(two.Delegate).CreateActionAsync(request, deadline: Deadline);
        var kept = await Actions(two.Insurer).UpdateActionAsync(Whole(action), deadline: Deadline);
        Assert.Equal(request.Owner, kept.Owner);

        var change = Whole(kept);
        change.Owner = new ActionOwner { Side = Side.Insurer, PersonId = Guid.CreateVersion7().ToString() };
        var unknown = await Refusals.ThrownBy(Actions(two.Insurer).UpdateActionAsync(change, deadline: Deadline));
        Assert.Equal([("owner.person_id", "PERSON_UNKNOWN")], unknown.Violations());
    }

    [PostgresFact]
    public async Task An_action_comes_from_a_goal_of_its_own_project()
    {
        var (two, goal) = await host.Scene.GoalAsync();
        var (_, other) = await host.Scene.GoalAsync();
        var request = NewAction(goal.ProjectId, Side.Insurer);
        request.Origin = new ActionOrigin { Type = "goal", Id = goal.Id };
        Assert.Equal(goal.Id, (await Actions(two.Insurer).CreateActionAsync(request, deadline: Deadline)).Origin.Id);

        request.Origin.Id = other.Id;
        var refusal = await Refusals.ThrownBy(Actions(two.Insurer).CreateActionAsync(request, deadline: Deadline));
        Assert.Equal([("origin.id", "ORIGIN_UNKNOWN")], refusal.Violations());
    }

    [PostgresFact]
    public async Task Actions_are_listed_by_due_day_page_by_page()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        foreach (var day in new[] { "2099-03-01", "2099-01-01", "2099-02-01", "2099-01-01" })
        {
            var request = NewAction(project.Id, Side.Insurer);
            request.DueDay = day;
            await Actions(two.Insurer).CreateActionAsync(request, deadline: Deadline);
        }

        var days = new List<string>();
        var token = "";
        do
        {
            var page = await Actions(two.Delegate).ListActionsAsync(
                new ListActionsRequest { ProjectId = project.Id, PageSize = 1, PageToken = token }, deadline: Deadline);
            days.AddRange(page.Actions.Select(action => action.DueDay));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(["2099-01-01", "2099-01-01", "2099-02-01", "2099-03-01"], days);
        var ofDelegation = await Actions(two.Delegate).ListDelegationActionsAsync(new ListDelegationActionsRequest { DelegationId = two.DelegationId, PageSize = 3 }, deadline: Deadline);
        var last = await Actions(two.Delegate).ListDelegationActionsAsync(
            new ListDelegationActionsRequest { DelegationId = two.DelegationId, PageSize = 3, PageToken = ofDelegation.NextPageToken }, deadline: Deadline);
        Assert.Equal(days, ofDelegation.Actions.Concat(last.Actions).Select(action => action.DueDay));
        Assert.Equal("", last.NextPageToken);
    }

    [PostgresFact]
    public async Task Those_of_a_delegation_are_of_no_other_one()
    {
        var (two, action) = await host.Scene.ActionAsync();
        var (others, _) = await host.Scene.ActionAsync();
        var beside = Guid.CreateVersion7();
        await using (var administrator = new NpgsqlConnection(host.Database.AdminConnectionString))
            await administrator.ExecuteAsync("INSERT INTO delegation VALUES (@OwnerId, @beside, @DelegateId, 'open', 1)", new { two.Parties.OwnerId, beside, two.Parties.DelegateId });

        Assert.Equal(action.Id, Assert.Single(await ListAsync(two.Parties.DelegationId)).Id);
        Assert.Empty(await ListAsync(beside));
        Assert.Equal("DELEGATION_NOT_FOUND", (await Assert.ThrowsAsync<RpcException>(() => ListAsync(others.Parties.DelegationId))).Reason());

        async Task<IReadOnlyList<Delivery.V1.Action>> ListAsync(Guid delegation) =>
            (await Actions(two.Insurer).ListDelegationActionsAsync(new ListDelegationActionsRequest { DelegationId = delegation.ToString() }, deadline: Deadline)).Actions;
    }

    [PostgresFact]
    public async Task Nothing_changes_in_the_plan_of_a_closed_project()
    {
        var (two, action) = await host.Scene.ActionAsync();
        await using (var administrator = new NpgsqlConnection(host.Database.AdminConnectionString))
            await administrator.ExecuteAsync("UPDATE project SET phase = 'closed' WHERE owner_id = @OwnerId", two.Parties);

        var changed = await Refusals.ThrownBy(Actions(two.Insurer).UpdateActionAsync(Whole(action), deadline: Deadline));
        var added = await Refusals.ThrownBy(Actions(two.Insurer).CreateActionAsync(NewAction(action.ProjectId, Side.Insurer), deadline: Deadline));

        Assert.Equal(["PROJECT_CLOSED", "PROJECT_CLOSED"], [changed.Reason(), added.Reason()]);
    }

    private Delivery.V1.Goals.GoalsClient Goals(Actor actor) => new(host.Scene.As(actor));

    private Delivery.V1.Actions.ActionsClient Actions(Actor actor) => new(host.Scene.As(actor));

    private async Task<IReadOnlyList<(string Type, long Revision, Guid Organization)>> WrittenAsync(string objectId)
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        return [.. await administrator.QueryAsync<(string, long, Guid)>(
            "SELECT split_part(event_type, '.', 4), revision, organization_id FROM journal WHERE object_id = @id ORDER BY revision", new { id = Guid.Parse(objectId) })];
    }
}
