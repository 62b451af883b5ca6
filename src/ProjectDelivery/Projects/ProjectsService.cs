using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Projects;

/// <summary>The rpcs of <c>delegation.delivery.v1.Projects</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class ProjectsService(CommandRunner commands, TenantSessions sessions, TitlesOfContracts titles, TimeProvider clock)
    : Delivery.V1.Projects.ProjectsBase
{
    public const string ObjectType = "project";

    public override Task<Project> OpenProject(OpenProjectRequest request, ServerCallContext context) =>
        commands.RunAsync<OpenProjectRequest, Project>(
            request, context, (session, cancellation) => OpenAsync(session, request, cancellation));

    public override async Task<Project> GetProject(GetProjectRequest request, ServerCallContext context)
    {
        var id = ProjectId(request.ProjectId);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return (await session.FindProjectAsync(id, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListProjectsResponse> ListProjects(ListProjectsRequest request, ServerCallContext context)
    {
        var filter = ProjectFilter.Read(request);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var rows = await session.ListProjectsAsync(filter, context.CancellationToken);
        var page = rows.ToPage(filter.Page, project => new PageKey(default, project.Id));

        return new ListProjectsResponse { Projects = { page.Items.Select(project => project.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<Project> UpdateProject(UpdateProjectRequest request, ServerCallContext context) =>
        commands.RunAsync<UpdateProjectRequest, Project>(
            request, context, (session, cancellation) => UpdateAsync(session, request, cancellation));

    public override Task<Project> StopProject(StopProjectRequest request, ServerCallContext context) =>
        commands.RunAsync<StopProjectRequest, Project>(
            request, context, (session, cancellation) => StopAsync(session, request, cancellation));

    private async Task<Outcome<Project>> OpenAsync(TenantSession session, OpenProjectRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var opening = Opening.Read(request, now);
        var found = await session.FindDelegationAsync(opening.DelegationId, cancellationToken);
        var delegation = Opening.NeedsAnOpenDelegation(found.ValueOrStatus()).ValueOrStatus();
        var answer = await titles.PrevailingAsync(delegation.DelegationId, opening.OpeningDay, cancellationToken);
        var project = opening.NeedsATitle(answer, delegation.Parties, NewId.At(now), now).ValueOrStatus();
        var inserted = await session.InsertProjectAsync(project, cancellationToken);

        return await Opening.IsTheOnlyOneInProgress(project, inserted).ThenAsync(
            opened => ToldAsync(session, opened, new ProjectOpened { Project = opened.ToMessage() }, cancellationToken));
    }

    private async Task<Outcome<Project>> UpdateAsync(TenantSession session, UpdateProjectRequest request, CancellationToken cancellationToken)
    {
        var project = (await session.LockProjectAsync(ProjectId(request.ProjectId), cancellationToken)).ValueOrStatus();
        return await ProjectChange.Decide(request, project, clock.GetUtcNow()).ThenAsync(async changed =>
        {
            await session.UpdateProjectAsync(changed, cancellationToken);
            return await ToldAsync(session, changed, new ProjectUpdated { Project = changed.ToMessage() }, cancellationToken);
        });
    }

    private async Task<Outcome<Project>> StopAsync(TenantSession session, StopProjectRequest request, CancellationToken cancellationToken)
    {
        var stopping = Stopping.Read(request);
        var project = (await session.LockProjectAsync(stopping.ProjectId, cancellationToken)).ValueOrStatus();
        var delegation = (await session.FindDelegationAsync(project.DelegationId, cancellationToken)).ValueOrStatus();
        return await stopping.Decide(project, delegation, clock.GetUtcNow()).ThenAsync(async stopped =>
        {
            await session.UpdateProjectAsync(stopped, cancellationToken);
            return await ToldAsync(session, stopped, new ProjectStopped { Project = stopped.ToMessage() }, cancellationToken);
        });
    }

    private async Task<Outcome<Project>> ToldAsync(TenantSession session, ProjectRow project, IMessage happened, CancellationToken cancellationToken)
    {
        await session.AppendAsync(project.Parties.Entry(ObjectType, project.Id, project.Revision, happened), clock, cancellationToken);
        return new Outcome<Project>.Accepted(project.ToMessage());
    }

    private static Guid ProjectId(string text)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("project_id", text, violations);
        violations.RefuseIfAny();
        return id!.Value;
    }
}
