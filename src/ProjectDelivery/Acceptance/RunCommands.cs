using Delegation.Delivery.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>Records runs of cases, and what they do to anomalies.</summary>
internal sealed class RunCommands(TimeProvider clock)
{
    public async Task<Outcome<AcceptanceRun>> RecordAsync(TenantSession session, RecordRunRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = RunFields.Read(request, violations);
        var (projectId, campaignId) = PlanIds.Read(request.ProjectId, "campaign_id", request.CampaignId, violations);
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var campaign = (await session.FindCampaignAsync(project, campaignId, cancellationToken)).ValueOrStatus();
        var tried = (await session.FindCampaignCaseAsync(campaign, fields!.CaseId, cancellationToken)).ValueOrStatus();
        if (fields.HasTheExpectedAmount(tried.ExpectedCents) is { } violation)
            return new Outcome<AcceptanceRun>.Invalid(violation);

        var known = await session.ListOpenAnomaliesAsync(project, tried.Id, cancellationToken);
        if (fields.AnomalyId is { } named && known.All(anomaly => anomaly.Id != named))
            await RefuseAsync(session, project, tried.Id, named, cancellationToken);

        var before = await session.ReadProgressAsync(campaign, cancellationToken);
        if ((ProjectChange.NeedsAProjectInProgress<AcceptanceRun>(project) ?? CampaignRules.IsNotSealed<AcceptanceRun>(campaign)
             ?? CampaignRules.HasRoomForARun<AcceptanceRun>((int)before.Runs)) is { } refused)
            return refused;

        var now = clock.GetUtcNow();
        var run = fields.NewRun(tried, session.Caller, NewId.At(now), now.InMicroseconds());
        await session.InsertRunAsync(campaign.Parties, run, cancellationToken);
        await session.AppendAsync(campaign.Parties.Entry("acceptance_run", run.Id, 1, new RunRecorded { Run = run.ToMessage() }), clock, cancellationToken);
        await MoveAnomaliesAsync(session, campaign, fields, run, known, cancellationToken);

        var after = before with { ToRun = tried.Verdict == CampaignCase.Types.Verdict.ToRun ? before.ToRun - 1 : before.ToRun };
        await session.KeepWorkAsync(before.Waiting(campaign), after.Waiting(campaign), clock, cancellationToken);
        return new Outcome<AcceptanceRun>.Accepted(run.ToMessage());
    }

    // One that is not open and of this case is closed, of another case, or none at all.
    private static async Task RefuseAsync(TenantSession session, ProjectRow project, Guid caseId, Guid anomalyId, CancellationToken cancellationToken)
    {
        var anomaly = (await session.FindAnomalyAsync(project, anomalyId, cancellationToken)).ValueOrStatus();
        (anomaly.CaseId == caseId ? AnomalyMoves.Closed<AnomalyRow>() : AnomalyStore.NotFound).ValueOrStatus();
    }

    private async Task MoveAnomaliesAsync(
        TenantSession session, CampaignRow campaign, RunFields fields, RunRow run, IReadOnlyList<AnomalyRow> known, CancellationToken cancellationToken)
    {
        if (fields.Anomaly is { } opened)
        {
            var anomaly = opened.NewAnomaly(campaign, run, NewId.At(clock.GetUtcNow()), run.RunTime);
            await session.InsertAnomalyAsync(anomaly, cancellationToken);
            await session.TellAsync(before: null, anomaly, clock, cancellationToken);
            return;
        }

        foreach (var anomaly in known)
        {
            var moved = fields.AnomalyId is null ? AnomalyMoves.Retest(anomaly, run.RunTime)
                : fields.AnomalyId == anomaly.Id ? AnomalyMoves.FailAgain(anomaly, run.RunTime).ValueOrStatus()
                : anomaly;
            if (moved == anomaly)
                continue;

            await session.UpdateAnomalyAsync(moved, cancellationToken);
            await session.TellAsync(anomaly, moved, clock, cancellationToken);
        }
    }
}
