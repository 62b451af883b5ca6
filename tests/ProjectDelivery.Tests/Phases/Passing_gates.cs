using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Grpc.Core;
using State = Delegation.Delivery.V1.Gate.Types.State;

namespace Delegation.ProjectDelivery.Tests.Phases;

/// <summary>A gate is passed by both sides, on the same evidence, and only while nothing is missing.</summary>
public sealed class Passing_gates(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose()
    {
        host.Contracts.IsAway = false;
        host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task The_first_side_waits_and_the_second_moves_the_project_to_its_next_phase()
    {
        var (two, project) = await host.Scene.LaunchedAsync();

        var pending = await host.Scene.PassAsync(two.Delegate, project.Id);
        Assert.Equal((State.Pending, Side.Insurer), (pending.State, pending.AwaitedSides.Single()));
        Assert.Equal(ProjectPhase.Launch, (await ProjectAsync(two, project)).Phase);

        var passed = await host.Scene.PassAsync(two.Insurer, project.Id);
        Assert.Equal((State.Passed, 2), (passed.State, passed.Passes.Count));
        Assert.Equal(ProjectPhase.Scoping, (await ProjectAsync(two, project)).Phase);
    }

    [PostgresFact]
    public async Task A_gate_that_lacks_something_is_shut_and_says_what_is_missing_in_both_languages()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var gate = await host.Scene.GateAsync(two.Insurer, project.Id);

        Assert.Equal(State.Shut, gate.State);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await host.Scene.PassAsync(two.Insurer, project.Id));
        Assert.Equal((StatusCode.FailedPrecondition, "GATE_SHUT"), (refused.StatusCode, refused.Reason()));
    }

    private async Task<Project> ProjectAsync(TwoParties two, Project project) =>
        await new Delivery.V1.Projects.ProjectsClient(host.Scene.As(two.Insurer)).GetProjectAsync(new GetProjectRequest { ProjectId = project.Id }, deadline: Preparing.Deadline);
}
