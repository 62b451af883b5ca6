using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>The rpcs of <c>delegation.delivery.v1.TakeOvers</c>. What each means is in the contract.</summary>
internal sealed class TakeOversService(CommandRunner commands, TenantSessions sessions, TakeOverCommands takeOvers) : TakeOvers.TakeOversBase
{
    public override Task<TakeOver> StartTakeOver(StartTakeOverRequest request, ServerCallContext context) => commands.RunAsync<StartTakeOverRequest, TakeOver>(
        request, context, (session, cancellation) => takeOvers.StartAsync(session, request, cancellation));

    public override async Task<TakeOver> GetTakeOver(GetTakeOverRequest request, ServerCallContext context)
    {
        var (projectId, takeOverId) = PlanIds.Read(request.ProjectId, "take_over_id", request.TakeOverId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        return (await session.FindTakeOverAsync(project, takeOverId, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListTakeOversResponse> ListTakeOvers(ListTakeOversRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var rows = await session.ListTakeOversAsync(project, asked, context.CancellationToken);
        var page = rows.ToPage(asked, row => new PageKey(default, row.Id));

        return new ListTakeOversResponse { TakeOvers = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<TakeOver> RecordLoad(RecordLoadRequest request, ServerCallContext context) => commands.RunAsync<RecordLoadRequest, TakeOver>(
        request, context, (session, cancellation) => takeOvers.LoadAsync(session, request, cancellation));

    public override Task<TakeOver> AcceptTakeOver(AcceptTakeOverRequest request, ServerCallContext context) => commands.RunAsync<AcceptTakeOverRequest, TakeOver>(
        request, context, (session, cancellation) => takeOvers.AcceptAsync(session, request, cancellation));

    public override Task<TakeOver> RefuseTakeOver(RefuseTakeOverRequest request, ServerCallContext context) => commands.RunAsync<RefuseTakeOverRequest, TakeOver>(
        request, context, (session, cancellation) => takeOvers.RefuseAsync(session, request, cancellation));
}
