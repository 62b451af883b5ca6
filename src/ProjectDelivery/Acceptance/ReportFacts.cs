using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Verdict = Delegation.Delivery.V1.CampaignCase.Types.Verdict;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>A campaign of a project, with the report that both sides signed on it, if any.</summary>
internal sealed record ReportedCampaign(Guid Id, string Name, long Revision, Guid? ReportId, string? TextSha256, DateTime? SealTime, int? CaseCount, int? RunCount);

/// <summary>All that a report says, and nothing else: of a campaign or, without one, the homologation of a project.</summary>
/// <param name="Project">The project.</param>
/// <param name="Campaign">The campaign; null for homologation.</param>
/// <param name="Cases">The cases of the campaign; none for homologation.</param>
/// <param name="Runs">The runs of the campaign; none for homologation.</param>
/// <param name="Anomalies">The anomalies that are not closed, of the campaign or of the project.</param>
/// <param name="Campaigns">The campaigns of the project; none for an acceptance report.</param>
internal sealed record ReportFacts(
    ProjectRow Project,
    CampaignRow? Campaign,
    IReadOnlyList<CampaignCaseRow> Cases,
    IReadOnlyList<RunRow> Runs,
    IReadOnlyList<AnomalyRow> Anomalies,
    IReadOnlyList<ReportedCampaign> Campaigns)
{
    public int CaseCount => Campaign is null ? Campaigns.Sum(campaign => campaign.CaseCount ?? 0) : Cases.Count;

    public int RunCount => Campaign is null ? Campaigns.Sum(campaign => campaign.RunCount ?? 0) : Runs.Count;

    /// <summary>What keeps both sides from signing; nothing when all is well.</summary>
    public IReadOnlyList<UnmetCondition> Missing() => [.. Blocking(), .. Campaign is { } campaign ? NotRun(campaign) : NotReported()];

    private IEnumerable<UnmetCondition> Blocking() => Anomalies.Where(anomaly => anomaly.Blocks).Select(anomaly => new UnmetCondition(
        "BLOCKING_ANOMALY_OPEN", anomaly.Id.ToString(),
        new($"A blocking anomaly is not closed: {anomaly.Title}", $"Une anomalie bloquante n'est pas close : {anomaly.Title}")));

    private IEnumerable<UnmetCondition> NotRun(CampaignRow campaign)
    {
        if (Cases.Count == 0)
            yield return new("CASES_MISSING", campaign.Id.ToString(), new("The campaign has no case.", "La campagne n'a aucun cas."));
        if (Cases.Count(tried => tried.Verdict == Verdict.ToRun) is var toRun and > 0)
            yield return new("CASES_TO_RUN", campaign.Id.ToString(), new(
                $"{toRun} case(s) were not run since they changed last.", $"{toRun} cas n'ont pas été passés depuis leur dernière modification."));
    }

    private IEnumerable<UnmetCondition> NotReported()
    {
        if (Campaigns.Count == 0)
            yield return new("CAMPAIGNS_MISSING", Project.Id.ToString(), new("The project has no campaign.", "Le projet n'a aucune campagne."));
        foreach (var campaign in Campaigns.Where(campaign => campaign.ReportId is null))
            yield return new("CAMPAIGN_NOT_SEALED", campaign.Id.ToString(), new(
                $"Both sides have not signed the acceptance report of the campaign: {campaign.Name}",
                $"Les deux parties n'ont pas signé le procès-verbal de recette de la campagne : {campaign.Name}"));
    }
}
