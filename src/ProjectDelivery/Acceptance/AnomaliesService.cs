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

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>The rpcs of <c>delegation.delivery.v1.Anomalies</c>. What each means is in the contract.</summary>
internal sealed class AnomaliesService(CommandRunner commands, TenantSessions sessions, AnomalyCommands anomalies) : Anomalies.AnomaliesBase
{
    public override async Task<Anomaly> GetAnomaly(GetAnomalyRequest request, ServerCallContext context)
    {
        var (projectId, anomalyId) = PlanIds.Read(request.ProjectId, "anomaly_id", request.AnomalyId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        return (await session.FindAnomalyAsync(project, anomalyId, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListAnomaliesResponse> ListAnomalies(ListAnomaliesRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        if (request.State != Anomaly.Types.State.Unspecified)
            ChoiceField.Check("state", request.State, violations);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var rows = await session.ListAnomaliesAsync(project, request.State.StoredIfKnown(), asked, context.CancellationToken);
        var page = rows.ToPage(asked, row => new PageKey(default, row.Id));

        return new ListAnomaliesResponse { Anomalies = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<Anomaly> UpdateAnomaly(UpdateAnomalyRequest request, ServerCallContext context) => commands.RunAsync<UpdateAnomalyRequest, Anomaly>(
        request, context, (session, cancellation) => anomalies.UpdateAsync(session, request, cancellation));

    public override Task<Anomaly> FixAnomaly(FixAnomalyRequest request, ServerCallContext context) => commands.RunAsync<FixAnomalyRequest, Anomaly>(
        request, context, (session, cancellation) => anomalies.FixAsync(session, request, cancellation));

    public override Task<Anomaly> CloseAnomaly(CloseAnomalyRequest request, ServerCallContext context) => commands.RunAsync<CloseAnomalyRequest, Anomaly>(
        request, context, (session, cancellation) => anomalies.CloseAsync(session, request, cancellation));

    public override Task<Anomaly> SettleAnomaly(SettleAnomalyRequest request, ServerCallContext context) => commands.RunAsync<SettleAnomalyRequest, Anomaly>(
        request, context, (session, cancellation) => anomalies.SettleAsync(session, request, cancellation));
}
