using Dapper;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Phases;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using Grpc.Core;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Preparing;

namespace Delegation.ProjectDelivery.Tests.Projects;

public sealed class Stopping_a_project(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task One_that_its_delegation_left_behind_is_stopped_by_the_insurer_with_a_reason_and_stays_readable()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        await host.Scene.EndAsync(two);

        var stopped = await Client(two.Insurer).StopProjectAsync(Stop(project), deadline: Deadline);

        Assert.Equal((ProjectPhase.Closed, RunStage.Unspecified, "Reprise par un autre délégataire."), (stopped.Phase, stopped.RunStage, stopped.StopReason));
        Assert.Equal(stopped, await Client(two.Insurer).GetProjectAsync(new GetProjectRequest { ProjectId = project.Id }, deadline: Deadline));
        Assert.Equal(("delegation.delivery.v1.ProjectStopped", 2L), (await WrittenAsync(two))[^1]);
        Assert.Equal("PROJECT_CLOSED", (await Refusals.ThrownBy(Client(two.Insurer).StopProjectAsync(Stop(stopped), deadline: Deadline))).Reason());
        Assert.Equal("PROJECT_NOT_FOUND", (await Refusals.ThrownBy(Client(two.Delegate).GetProjectAsync(new GetProjectRequest { ProjectId = project.Id }, deadline: Deadline))).Reason());
    }

    [PostgresFact]
    public async Task In_the_run_it_is_stopped_too_though_actions_and_overrides_are_open()
    {
        var (two, project) = await host.Scene.LaunchedAsync();
        await host.Scene.GoThroughAsync(two, project.Id, ProjectGate.ToRun);
        await host.Scene.EndAsync(two);
        project = await Client(two.Insurer).GetProjectAsync(new GetProjectRequest { ProjectId = project.Id }, deadline: Deadline);

        var stopped = await Client(two.Insurer).StopProjectAsync(Stop(project), deadline: Deadline);

        Assert.Equal((ProjectPhase.Closed, RunStage.Hypercare), (stopped.Phase, stopped.RunStage));
        Assert.True(stopped.OpenOverrides > 0);
    }

    [PostgresTheory]
    [InlineData("open")]
    [InlineData("frozen")]
    public async Task While_its_delegation_has_not_ended_it_is_refused_and_nothing_is_written(string state)
    {
        var (two, project) = await host.Scene.ProjectAsync();
        await host.Scene.BecomesAsync(two, state);

        var refusal = await Refusals.ThrownBy(Client(two.Insurer).StopProjectAsync(Stop(project), deadline: Deadline));

        Assert.Equal((StatusCode.FailedPrecondition, "DELEGATION_NOT_ENDED"), refusal.Kind());
        Assert.Single(await WrittenAsync(two));
    }

    [PostgresFact]
    public async Task It_takes_a_reason_and_the_project_as_it_was_read()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        await host.Scene.EndAsync(two);
        async Task<RpcException> RefusalAsync(System.Action<StopProjectRequest> change)
        {
            var request = Stop(project);
            change(request);
            return await Refusals.ThrownBy(Client(two.Insurer).StopProjectAsync(request, deadline: Deadline));
        }

        Assert.Equal([("reason", "REASON_REQUIRED")], (await RefusalAsync(request => request.Reason = " ")).Violations());
        Assert.Equal([("reason", "REASON_TOO_LONG")], (await RefusalAsync(request => request.Reason = new string('a', 1001))).Violations());
        Assert.Equal("ETAG_REQUIRED", (await RefusalAsync(request => request.Etag = "")).Reason());
        Assert.Equal((StatusCode.Aborted, "ETAG_STALE"), (await RefusalAsync(request => request.Etag = "\"another\"")).Kind());
        Assert.Single(await WrittenAsync(two));
    }

    [PostgresFact]
    public async Task Nothing_else_is_taken_on_a_closed_delegation_neither_what_the_delegate_agreed_to_before()
    {
        var (two, project) = await host.Scene.LaunchedAsync();
        await host.Scene.PassAsync(two.Delegate, project.Id);
        var before = (await WrittenAsync(two)).Count;
        await host.Scene.EndAsync(two);

        var passing = await Assert.ThrowsAsync<RpcException>(() => host.Scene.PassAsync(two.Insurer, project.Id));
        var renaming = await Refusals.ThrownBy(Client(two.Insurer).UpdateProjectAsync(
            new UpdateProjectRequest { ProjectId = project.Id, Name = "Autre nom", Etag = project.Etag }, deadline: Deadline));

        Assert.Equal([(StatusCode.FailedPrecondition, "DELEGATION_CLOSED"), (StatusCode.FailedPrecondition, "DELEGATION_CLOSED")], [passing.Kind(), renaming.Kind()]);
        Assert.Equal(before, (await WrittenAsync(two)).Count);
        Assert.Equal(ProjectPhase.Launch, (await Client(two.Insurer).GetProjectAsync(new GetProjectRequest { ProjectId = project.Id }, deadline: Deadline)).Phase);
    }

    private Delivery.V1.Projects.ProjectsClient Client(Actor actor) => new(host.Scene.As(actor));

    private static StopProjectRequest Stop(Project project) => new() { ProjectId = project.Id, Reason = "Reprise par un autre délégataire.", Etag = project.Etag };

    private async Task<IReadOnlyList<(string Event, long Revision)>> WrittenAsync(TwoParties two)
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        return [.. await administrator.QueryAsync<(string, long)>("SELECT event_type, revision FROM journal WHERE owner_id = @OwnerId ORDER BY entry_id", two.Parties)];
    }
}
