using Delegation.Access.V1;
using Delegation.ProjectDelivery.Scoping.Items;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.SetUp;

/// <summary>Why something about reports is refused.</summary>
internal static class ReportRefusals
{
    public static Outcome<ReportDefinitionRow> NeedsAReport(ReportDefinitionRow? report) => report is not null
        ? new Outcome<ReportDefinitionRow>.Accepted(report)
        : new Outcome<ReportDefinitionRow>.NotFound("REPORT_NOT_FOUND", new("There is no report with this id.", "Aucun reporting n'a cet identifiant."));

    /// <summary>Null when a side may agree to the catalogue as it is.</summary>
    public static Outcome<T>? CanBeAgreed<T>(Catalogue catalogue, Side side) =>
        catalogue.Missing is { Count: > 0 } missing
            ? new Outcome<T>.Refused(
                "CATALOGUE_INCOMPLETE", new("The catalogue is not complete: what is missing is listed.", "Le catalogue est incomplet : ce qui manque est indiqué."), missing)
        : catalogue.Consent.IsGivenBy(side, catalogue.Sha256)
            ? new Outcome<T>.Refused("CATALOGUE_ALREADY_AGREED", new("Your side has agreed to it already.", "Votre partie l'a déjà validé."))
        : null;
}
