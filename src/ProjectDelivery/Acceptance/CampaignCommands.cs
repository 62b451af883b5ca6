using Delegation.Delivery.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Items;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>Commands on campaigns and their cases. Each locks the project: what happens in its acceptance happens one after the other.</summary>
internal sealed class CampaignCommands(TimeProvider clock)
{
    public async Task<Outcome<Campaign>> CreateAsync(TenantSession session, CreateCampaignRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = CampaignFields.Read(request, violations);
        var cases = CampaignFields.ReadCases(request.CaseIds, violations);
        var project = (await session.LockProjectAsync(PlanIds.ReadProject(request.ProjectId, violations), cancellationToken)).ValueOrStatus();
        if (ProjectChange.NeedsAProjectInProgress<Campaign>(project) is { } closed)
            return closed;

        var now = clock.GetUtcNow();
        var campaign = fields!.NewCampaign(project, NewId.At(now), now.InMicroseconds());
        return await (await FindCasesAsync(session, project, cases, cancellationToken)).ThenAsync(async found =>
        {
            await session.InsertCampaignAsync(campaign, cancellationToken);
            return await AddedAsync(session, campaign, new CampaignProgress(0, 0, 0), found, cancellationToken);
        });
    }

    public async Task<Outcome<Campaign>> AddCasesAsync(TenantSession session, AddCampaignCasesRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var cases = CampaignFields.ReadCases(request.CaseIds, violations);
        var (projectId, campaignId) = PlanIds.Read(request.ProjectId, "campaign_id", request.CampaignId, violations);
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var campaign = (await session.FindCampaignAsync(project, campaignId, cancellationToken)).ValueOrStatus();
        if ((ProjectChange.NeedsAProjectInProgress<Campaign>(project) ?? CampaignRules.IsNotSealed<Campaign>(campaign)) is { } refused)
            return refused;

        return await (await FindCasesAsync(session, project, cases, cancellationToken)).ThenAsync(async found =>
        {
            var changed = campaign with { UpdateTime = clock.GetUtcNow().InMicroseconds(), Revision = campaign.Revision + 1 };
            var before = await session.ReadProgressAsync(campaign, cancellationToken);
            await session.UpdateCampaignAsync(changed, cancellationToken);
            return await AddedAsync(session, changed, before, found, cancellationToken);
        });
    }

    public async Task<Outcome<CampaignCase>> WriteCaseAsync(TenantSession session, WriteCaseRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = CaseFields.Read(request, violations);
        var (projectId, campaignId) = PlanIds.Read(request.ProjectId, "campaign_id", request.CampaignId, violations);
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var campaign = (await session.FindCampaignAsync(project, campaignId, cancellationToken)).ValueOrStatus();
        if ((ProjectChange.NeedsAProjectInProgress<CampaignCase>(project) ?? CampaignRules.IsNotSealed<CampaignCase>(campaign)) is { } refused)
            return refused;

        var now = clock.GetUtcNow();
        var written = fields!.NewCase(project, NewId.At(now), now.InMicroseconds());
        await ItemTables.AcceptanceCases.InsertAsync(session, [written], cancellationToken);
        await session.AddCasesAsync(campaign, [written.Id], cancellationToken);
        var progress = await session.ReadProgressAsync(campaign, cancellationToken);
        if (CampaignRules.HasRoomForCases<CampaignCase>((int)progress.Cases) is { } full)
            return full;

        var answer = (await session.FindCampaignCaseAsync(campaign, written.Id, cancellationToken)).ValueOrStatus().ToMessage();
        var told = new CaseWritten { Case = answer, CampaignId = campaign.Id.ToString() };
        await session.AppendAsync(campaign.Parties.Entry("acceptance_case", written.Id, written.Revision, told), clock, cancellationToken);
        await session.KeepWorkAsync([], progress.Waiting(campaign), clock, cancellationToken);
        return new Outcome<CampaignCase>.Accepted(answer);
    }

    // A case of another project, or that is retired, is one that does not exist.
    private static async Task<Outcome<IReadOnlyList<Guid>>> FindCasesAsync(TenantSession session, ProjectRow project, Guid[] cases, CancellationToken cancellationToken)
    {
        var found = await session.FindCasesInUseAsync(project, cases, cancellationToken);
        return found.Count < cases.Length
            ? CampaignStore.CaseNotFound<IReadOnlyList<Guid>>()
            : new Outcome<IReadOnlyList<Guid>>.Accepted(found);
    }

    private async Task<Outcome<Campaign>> AddedAsync(
        TenantSession session, CampaignRow campaign, CampaignProgress before, IReadOnlyList<Guid> cases, CancellationToken cancellationToken)
    {
        var added = await session.AddCasesAsync(campaign, cases, cancellationToken);
        if (CampaignRules.HasRoomForCases<Campaign>((int)before.Cases + added.Count) is { } full)
            return full;

        var told = new CampaignChanged { Campaign = campaign.ToMessage(), CaseIds = { added.Select(id => id.ToString()) } };
        await session.AppendAsync(campaign.Parties.Entry(CampaignRow.ObjectType, campaign.Id, campaign.Revision, told), clock, cancellationToken);
        var after = before with { Cases = before.Cases + added.Count, ToRun = before.ToRun + added.Count };
        await session.KeepWorkAsync(before.Waiting(campaign), after.Waiting(campaign), clock, cancellationToken);
        return new Outcome<Campaign>.Accepted(campaign.ToMessage());
    }
}
