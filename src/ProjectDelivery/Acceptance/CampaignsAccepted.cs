using Delegation.ProjectDelivery.Phases;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>A cutover needs that all campaigns have their acceptance report, signed by both sides, and that no blocking anomaly is open since.</summary>
internal sealed class CampaignsAccepted : ICriterion
{
    public string Code => "ACCEPTANCE_REPORTS_SEALED";

    public LocalizedText Title { get; } = new(
        "The acceptance reports are signed, without blocking anomaly", "Les procès-verbaux de recette sont signés, sans anomalie bloquante");

    public LocalizedText LooksAt { get; } = new(
        "The sealed report of each campaign, and the anomalies that are not closed", "Le procès-verbal scellé de chaque campagne, et les anomalies qui ne sont pas closes");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var facts = await question.Session.ReadFactsAsync(question.Project, campaign: null, cancellationToken);
        return facts.Missing() is [var first, ..]
            ? Finding.Unmet(first.Description, [.. Blocking(facts), .. NotSealed(facts)])
            : Finding.Met(
                new($"Acceptance reports signed by both sides: {facts.Campaigns.Count}.", $"Procès-verbaux de recette signés par les deux parties : {facts.Campaigns.Count}."),
                [.. facts.Campaigns.Select(campaign => new Answered(ReportRow.ObjectType, campaign.ReportId!.Value.ToString(), campaign.TextSha256!))]);
    }

    private static IEnumerable<Answered> Blocking(ReportFacts facts) =>
        facts.Anomalies.Where(anomaly => anomaly.Blocks).Take(20).Select(anomaly => new Answered(AnomalyRow.ObjectType, anomaly.Id, anomaly.Revision));

    private static IEnumerable<Answered> NotSealed(ReportFacts facts) =>
        facts.Campaigns.Where(campaign => campaign.ReportId is null).Take(20).Select(campaign => new Answered(CampaignRow.ObjectType, campaign.Id, campaign.Revision));
}
