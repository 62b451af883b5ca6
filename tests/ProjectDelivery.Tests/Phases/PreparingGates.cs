using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Committees;
using Delegation.ServiceDefaults.Time;
using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Phases;

/// <summary>Prepares projects whose gates can be passed.</summary>
internal static class PreparingGates
{
    /// <summary>A project whose launch is done, as far as this service knows: the gate to the scoping is open.</summary>
    public static async Task<(TwoParties Two, Project Project)> LaunchedAsync(this Scene scene, params Role[] roles)
    {
        var (two, project) = await scene.ProjectAsync(roles);
        await scene.LaunchAsync(two, project);
        return (two, project);
    }

    /// <summary>An objective, an action of each side, and a project committee.</summary>
    public static async Task LaunchAsync(this Scene scene, TwoParties two, Project project)
    {
        await scene.PlanAsync(two, project);
        var committee = PreparingCommittees.NewCommittee(two.DelegationId);
        committee.Level = CommitteeLevel.ProjectCommittee;
        var set = await PreparingCommittees.CommitteesAs(scene, two.Insurer).CreateCommitteeAsync(committee, deadline: Preparing.Deadline);
        await PreparingCommittees.CommitteesAs(scene, two.Delegate).SetCommitteeRolesAsync(
            new SetCommitteeRolesRequest { CommitteeId = set.Id, Roles = { Role.ProjectLead }, Etag = set.Etag }, deadline: Preparing.Deadline);
    }

    /// <summary>An objective and an action of each side.</summary>
    public static async Task PlanAsync(this Scene scene, TwoParties two, Project project)
    {
        await new Goals.GoalsClient(scene.As(two.Insurer)).CreateGoalAsync(
            new CreateGoalRequest { ProjectId = project.Id, Kind = Goal.Types.Kind.Objective, Title = "Servir les assurés sans rupture" }, deadline: Preparing.Deadline);
        foreach (var side in new[] { Side.Insurer, Side.Delegate })
            await new Actions.ActionsClient(scene.As(two.On(side))).CreateActionAsync(Preparing.NewAction(project.Id, side), deadline: Preparing.Deadline);
    }

    public static Gates.GatesClient Gates(this Scene scene, Actor actor) => new(scene.As(actor));

    public static Overrides.OverridesClient Overrides(this Scene scene, Actor actor) => new(scene.As(actor));

    /// <summary>The next gate, or the one that is named.</summary>
    public static async Task<Gate> GateAsync(this Scene scene, Actor actor, string projectId, ProjectGate gate = ProjectGate.Unspecified) =>
        await scene.Gates(actor).GetGateAsync(new GetGateRequest { ProjectId = projectId, Gate = gate }, deadline: Preparing.Deadline);

    /// <summary>Passes the next gate for a side, on the evidence as it is.</summary>
    public static async Task<Gate> PassAsync(this Scene scene, Actor actor, string projectId)
    {
        var gate = await scene.GateAsync(actor, projectId);
        return await scene.Gates(actor).PassGateAsync(Passing(gate), deadline: Preparing.Deadline);
    }

    /// <summary>Passes the next gate for both sides.</summary>
    public static async Task<Gate> BothPassAsync(this Scene scene, TwoParties two, string projectId)
    {
        await scene.PassAsync(two.Insurer, projectId);
        return await scene.PassAsync(two.Delegate, projectId);
    }

    /// <summary>Passes the gates up to one for both sides; what is not met on the way, both override.</summary>
    public static async Task GoThroughAsync(this Scene scene, TwoParties two, string projectId, ProjectGate last)
    {
        for (var gate = await scene.GateAsync(two.Insurer, projectId); gate.Gate_ <= last; gate = await scene.GateAsync(two.Insurer, projectId))
        {
            foreach (var criterion in gate.Criteria.Where(criterion => criterion.State == GateCriterion.Types.State.Unmet))
                await scene.OverrideAsync(two, projectId, gate.Gate_, criterion.Code);

            await scene.BothPassAsync(two, projectId);
            if (gate.Gate_ == ProjectGate.ToClosed)
                return;
        }
    }

    /// <summary>Both sides override a criterion that is not met.</summary>
    public static async Task OverrideAsync(this Scene scene, TwoParties two, string projectId, ProjectGate gate, string criterion)
    {
        var proposal = await scene.Overrides(two.Insurer).ProposeOverrideAsync(
            Proposal(new Project { Id = projectId }, criterion, gate: gate), deadline: Preparing.Deadline);
        await scene.Overrides(two.Delegate).ConfirmOverrideAsync(Confirming(proposal), deadline: Preparing.Deadline);
    }

    public static PassGateRequest Passing(Gate gate) => new() { ProjectId = gate.ProjectId, Gate = gate.Gate_, Etag = gate.Etag };

    /// <summary>An override of a criterion of the launch that is not met: no committee is set up.</summary>
    public static ProposeOverrideRequest Proposal(Project project, string criterion = "PROJECT_COMMITTEE_SET_UP", string? endDay = null, ProjectGate gate = ProjectGate.ToScoping) => new()
    {
        ProjectId = project.Id,
        Gate = gate,
        Criterion = criterion,
        Reason = "Le comité se réunira après les congés.",
        EndDay = endDay ?? ParisDays.DayAt(DateTimeOffset.UtcNow).AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>An override that the insurer proposed.</summary>
    public static async Task<(TwoParties Two, GateOverride Override)> ProposalAsync(this Scene scene)
    {
        var (two, project) = await scene.ProjectAsync();
        return (two, await scene.Overrides(two.Insurer).ProposeOverrideAsync(Proposal(project), deadline: Preparing.Deadline));
    }

    /// <summary>An override that both sides agreed on.</summary>
    public static async Task<(TwoParties Two, GateOverride Override)> OverrideAsync(this Scene scene)
    {
        var (two, proposal) = await scene.ProposalAsync();
        return (two, await scene.Overrides(two.Delegate).ConfirmOverrideAsync(Confirming(proposal), deadline: Preparing.Deadline));
    }

    public static ConfirmOverrideRequest Confirming(GateOverride proposal) =>
        new() { ProjectId = proposal.ProjectId, OverrideId = proposal.Id, Etag = proposal.Etag };
}
