using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>The rpcs of <c>delegation.delivery.v1.Campaigns</c>. What each means is in the contract.</summary>
internal sealed class CampaignsService(CommandRunner commands, TenantSessions sessions, CampaignCommands campaigns, RunCommands runs) : Campaigns.CampaignsBase
{
    public override Task<Campaign> CreateCampaign(CreateCampaignRequest request, ServerCallContext context) => commands.RunAsync<CreateCampaignRequest, Campaign>(
        request, context, (session, cancellation) => campaigns.CreateAsync(session, request, cancellation));

    public override async Task<Campaign> GetCampaign(GetCampaignRequest request, ServerCallContext context)
    {
        var (projectId, campaignId) = PlanIds.Read(request.ProjectId, "campaign_id", request.CampaignId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return (await FindAsync(session, projectId, campaignId, context.CancellationToken)).ToMessage();
    }

    public override async Task<ListCampaignsResponse> ListCampaigns(ListCampaignsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var rows = await session.ListCampaignsAsync(project, asked, context.CancellationToken);
        var page = rows.ToPage(asked, row => new PageKey(default, row.Id));

        return new ListCampaignsResponse { Campaigns = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<Campaign> AddCampaignCases(AddCampaignCasesRequest request, ServerCallContext context) => commands.RunAsync<AddCampaignCasesRequest, Campaign>(
        request, context, (session, cancellation) => campaigns.AddCasesAsync(session, request, cancellation));

    public override Task<CampaignCase> WriteCase(WriteCaseRequest request, ServerCallContext context) => commands.RunAsync<WriteCaseRequest, CampaignCase>(
        request, context, (session, cancellation) => campaigns.WriteCaseAsync(session, request, cancellation));

    public override async Task<ListCampaignCasesResponse> ListCampaignCases(ListCampaignCasesRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var (projectId, campaignId) = PlanIds.Read(request.ProjectId, "campaign_id", request.CampaignId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var campaign = await FindAsync(session, projectId, campaignId, context.CancellationToken);
        var rows = await session.ListCampaignCasesAsync(campaign, asked.After?.Id ?? Guid.Empty, asked.Limit, context.CancellationToken);
        var page = rows.ToPage(asked, row => new PageKey(default, row.Id));

        return new ListCampaignCasesResponse { Cases = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<AcceptanceRun> RecordRun(RecordRunRequest request, ServerCallContext context) => commands.RunAsync<RecordRunRequest, AcceptanceRun>(
        request, context, (session, cancellation) => runs.RecordAsync(session, request, cancellation));

    public override async Task<ListRunsResponse> ListRuns(ListRunsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var caseId = IdField.ReadOptional("case_id", request.CaseId, violations);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var (projectId, campaignId) = PlanIds.Read(request.ProjectId, "campaign_id", request.CampaignId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var campaign = await FindAsync(session, projectId, campaignId, context.CancellationToken);
        var rows = await session.ListRunsAsync(campaign, caseId, asked, context.CancellationToken);
        var page = rows.ToPage(asked, row => new PageKey(row.RunTime, row.Id));

        return new ListRunsResponse { Runs = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    private static async Task<CampaignRow> FindAsync(TenantSession session, Guid projectId, Guid campaignId, CancellationToken cancellationToken)
    {
        var project = (await session.FindProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        return (await session.FindCampaignAsync(project, campaignId, cancellationToken)).ValueOrStatus();
    }
}
