using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;
using Message = Delegation.Delivery.V1.Cutover;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>The rpcs of <c>delegation.delivery.v1.Cutovers</c>. What each means is in the contract.</summary>
internal sealed class CutoversService(CommandRunner commands, TenantSessions sessions, CutoverCommands cutovers, TimeProvider clock) : Cutovers.CutoversBase
{
    public override Task<Message> CreateCutover(CreateCutoverRequest request, ServerCallContext context) => commands.RunAsync<CreateCutoverRequest, Message>(
        request, context, (session, cancellation) => cutovers.CreateAsync(session, request, cancellation));

    public override async Task<Message> GetCutover(GetCutoverRequest request, ServerCallContext context)
    {
        var (projectId, cutoverId) = PlanIds.Read(request.ProjectId, "cutover_id", request.CutoverId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var cutover = (await session.FindCutoverAsync(project, cutoverId, context.CancellationToken)).ValueOrStatus();
        return cutover.ToMessage(clock.GetUtcNow().InMicroseconds());
    }

    public override async Task<ListCutoversResponse> ListCutovers(ListCutoversRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var rows = await session.ListCutoversAsync(project, asked, context.CancellationToken);
        var page = rows.ToPage(asked, row => new PageKey(default, row.Id));
        var now = clock.GetUtcNow().InMicroseconds();

        return new ListCutoversResponse { Cutovers = { page.Items.Select(row => WithoutSteps(row.ToMessage(now))) }, NextPageToken = page.NextPageToken };
    }

    public override Task<Message> UpdateCutover(UpdateCutoverRequest request, ServerCallContext context) => commands.RunAsync<UpdateCutoverRequest, Message>(
        request, context, (session, cancellation) => cutovers.UpdateAsync(session, request, cancellation));

    public override Task<Message> ReportStep(ReportStepRequest request, ServerCallContext context) => commands.RunAsync<ReportStepRequest, Message>(
        request, context, (session, cancellation) => cutovers.ReportAsync(session, request, cancellation));

    public override Task<Message> DecideStep(DecideStepRequest request, ServerCallContext context) => commands.RunAsync<DecideStepRequest, Message>(
        request, context, (session, cancellation) => cutovers.DecideAsync(session, request, cancellation));

    public override Task<Message> RollBackCutover(RollBackCutoverRequest request, ServerCallContext context) => commands.RunAsync<RollBackCutoverRequest, Message>(
        request, context, (session, cancellation) => cutovers.RollBackAsync(session, request, cancellation));

    private static Message WithoutSteps(Message cutover)
    {
        cutover.Steps.Clear();
        return cutover;
    }
}
