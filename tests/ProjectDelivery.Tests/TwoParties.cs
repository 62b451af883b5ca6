using Dapper;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.TestKit.Access;
using Npgsql;
using Action = Delegation.Delivery.V1.Action;

namespace Delegation.ProjectDelivery.Tests;

/// <summary>A delegation that the service knows, with somebody on each side.</summary>
internal sealed record TwoParties(Parties Parties, Actor Insurer, Actor Delegate)
{
    public string DelegationId => Parties.DelegationId.ToString();

    /// <summary>The one who acts for a side.</summary>
    public Actor On(Side side) => side == Side.Insurer ? Insurer : Delegate;
}

/// <summary>Prepares what tests and recorded calls need.</summary>
internal static class Preparing
{
    /// <summary>A new delegation.</summary>
    public static async Task<TwoParties> DelegationAsync(this Scene scene, params Role[] roles)
    {
        Role[] given = roles.Length > 0 ? roles : [Role.ProjectLead];
        var parties = new Parties(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var administrator = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await administrator.ExecuteAsync("INSERT INTO delegation VALUES (@OwnerId, @DelegationId, @DelegateId, 'open', 1)", parties);

        return new TwoParties(
            parties, await scene.MemberAsync(parties.OwnerId, Side.Insurer, given), await scene.MemberAsync(parties.DelegateId, Side.Delegate, given));
    }

    /// <summary>The delegation becomes open, frozen or closed, as Contracts tells it.</summary>
    public static async Task BecomesAsync(this Scene scene, TwoParties two, string state)
    {
        await using var administrator = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await administrator.ExecuteAsync("UPDATE delegation SET state = @state WHERE delegation_id = @DelegationId", new { two.Parties.DelegationId, state });
    }

    /// <summary>The delegation has ended: the delegate's copies were erased here before Contracts tells that it is closed.</summary>
    public static async Task EndAsync(this Scene scene, TwoParties two)
    {
        await using var administrator = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await administrator.ExecuteAsync("INSERT INTO departure VALUES (@DelegateId, @DelegationId, @OwnerId)", two.Parties);
        await scene.BecomesAsync(two, "closed");
    }

    /// <summary>A project that the insurer opened under a letter of engagement.</summary>
    public static async Task<(TwoParties Two, Project Project)> ProjectAsync(this Scene scene, params Role[] roles)
    {
        var two = await scene.DelegationAsync(roles);
        var project = await new Delivery.V1.Projects.ProjectsClient(scene.As(two.Insurer)).OpenProjectAsync(Opening(two), deadline: Deadline);
        return (two, project);
    }

    public static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    public static OpenProjectRequest Opening(TwoParties two) => new() { DelegationId = two.DelegationId, Name = "Reprise santé collective", OpeningDay = "2026-03-02" };

    /// <summary>A milestone in a project, which the insurer added.</summary>
    public static async Task<(TwoParties Two, Goal Goal)> GoalAsync(this Scene scene)
    {
        var (two, project) = await scene.ProjectAsync();
        return (two, await new Goals.GoalsClient(scene.As(two.Insurer)).CreateGoalAsync(Milestone(project), deadline: Deadline));
    }

    /// <summary>An action in a project, which the insurer added and whose owner is the delegate's project lead.</summary>
    public static async Task<(TwoParties Two, Action Action)> ActionAsync(this Scene scene, string dueDay = "2099-12-31")
    {
        var (two, project) = await scene.ProjectAsync();
        var request = NewAction(project.Id, Side.Delegate);
        request.DueDay = dueDay;
        return (two, await new Actions.ActionsClient(scene.As(two.Insurer)).CreateActionAsync(request, deadline: Deadline));
    }

    public static Guid PersonOf(this Scene scene, Actor actor) => new Person(scene.Issuer.Authority, actor.Subject).Id;

    public static CreateGoalRequest Milestone(Project project) =>
        new() { ProjectId = project.Id, Kind = Goal.Types.Kind.Milestone, Title = "Comité de lancement", DueDay = "2026-03-16" };

    public static CreateActionRequest NewAction(string projectId, Side side) => new()
    {
        ProjectId = projectId,
        Title = "Fournir la grille de garanties",
        Description = "Toutes les formules, au format du délégataire.",
        Owner = new ActionOwner { Side = side, Role = Role.ProjectLead },
        DueDay = "2099-12-31",
    };

    /// <summary>The request that changes nothing.</summary>
    public static UpdateGoalRequest Whole(Goal goal) => new()
    {
        ProjectId = goal.ProjectId, GoalId = goal.Id, Title = goal.Title, Description = goal.Description, DueDay = goal.DueDay, State = goal.State, Etag = goal.Etag,
    };

    /// <summary>The request that changes nothing.</summary>
    public static UpdateActionRequest Whole(Action action) => new()
    {
        ProjectId = action.ProjectId,
        ActionId = action.Id,
        Title = action.Title,
        Description = action.Description,
        Owner = action.Owner,
        DueDay = action.DueDay,
        State = action.State,
        Origin = action.Origin,
        Etag = action.Etag,
    };
}
