using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Phases;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.SetUp;

/// <summary>The set-up ends with a test delivery of each report that both sides reconciled, of the report as it is defined.</summary>
internal sealed class TestDeliveriesReconciled : ICriterion
{
    public string Code => "TEST_DELIVERIES_RECONCILED";

    public LocalizedText Title { get; } = new(
        "A test delivery of each report is received and reconciled by both sides", "Une remise à blanc de chaque reporting est reçue et rapprochée par les deux parties");

    public LocalizedText LooksAt { get; } = new("The latest test delivery of each report", "La dernière remise à blanc de chaque reporting");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var reports = (await question.Session.ReadCatalogueAsync(question.Project, cancellationToken)).Reports;
        var latest = (await question.Session.ListLatestDeliveriesAsync(question.Project, cancellationToken)).ToDictionary(delivery => delivery.ReportId);
        var missing = reports.Where(report => !(latest.TryGetValue(report.Id, out var delivery)
            && delivery.In == TestDelivery.Types.State.Agreed && delivery.ReportRevision == report.Revision)).Select(report => report.Title).ToArray();
        var evidence = reports.Where(report => latest.ContainsKey(report.Id)).Select(report => latest[report.Id])
            .Select(delivery => new Answered(DeliveryWork.ObjectType, delivery.Id, delivery.Revision)).ToArray();

        return (reports.Count, missing.Length) switch
        {
            (0, _) => Finding.Unmet(new("There is no report.", "Il n'y a aucun reporting.")),
            (_, 0) => Finding.Met(new($"Reports: {reports.Count}.", $"Reportings : {reports.Count}."), evidence),
            _ => Finding.Unmet(new($"Not reconciled: {string.Join(", ", missing)}.", $"Non rapprochés : {string.Join(", ", missing)}."), evidence),
        };
    }
}
