using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Phases;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.SetUp;

/// <summary>The set-up ends with a report catalogue and calendars that both sides agreed on, as they are.</summary>
internal sealed class ReportCatalogueIsAgreed : ICriterion
{
    public string Code => "REPORT_CATALOGUE_AGREED";

    public LocalizedText Title { get; } = new(
        "Report catalogue and calendars are agreed by both sides", "Le catalogue de reportings et les calendriers sont validés par les deux parties");

    public LocalizedText LooksAt { get; } = new("The reports and calendars to which both sides agreed", "Les reportings et calendriers que chaque partie a validés");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var catalogue = await question.Session.ReadCatalogueAsync(question.Project, cancellationToken);
        return catalogue.State == ReportCatalogue.Types.State.Agreed
            ? Finding.Met(
                new($"Reports: {catalogue.Reports.Count}.", $"Reportings : {catalogue.Reports.Count}."),
                new Answered("report_catalogue", catalogue.Agreed!.Id, catalogue.Agreed.Revision))
            : Finding.Unmet(catalogue.Missing.Count > 0
                ? catalogue.Missing[0].Description
                : new("Not agreed by both sides as it is.", "Non validé en l'état par les deux parties."));
    }
}
