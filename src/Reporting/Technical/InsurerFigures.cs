using Delegation.Reporting.V1;

namespace Delegation.Reporting.Technical;

/// <summary>Figures that follow from the insurer's own accounts, which it alone sees. One without value has an input that the insurer did not give.</summary>
internal static class InsurerFigures
{
    private const Origin BenefitsAndPremiums = Origin.Benefits | Origin.Premiums;
    private const string Order = "arrêté du 6 mai 2020 (CSS, art. L. 871-1)";

    public static readonly IReadOnlyList<Figure> All =
    [
        Accounting("provision_change", "Change in provisions", "Variation des provisions", ColumnType.Money, of => of.ProvisionChange,
            "PSAP en fin d'année − PSAP au début (code des assurances, art. R. 343-7, 4°)"),
        Accounting("claims_charge", "Claims charge", "Charge de sinistres", ColumnType.Money,
            of => of is { Benefits: { } b, ProvisionChange: { } change } ? Formulas.ClaimsCharge(b.Benefit, change) : null, "prestations payées + variation des provisions"),
        Accounting("legal_loss_ratio", "Loss ratio, legal", "P/C légal", ColumnType.Ratio,
            of => of is { Benefits: { } b, Premiums: { } p, ProvisionChange: { } change } ? Formulas.LegalLossRatio(b.Benefit, change, p.Earned) : null,
            $"{Order} : prestations payées et provisionnées / cotisations HT"),
        Accounting("management_costs", "Costs of management", "Frais de gestion", ColumnType.Money, of => of.Accounts?.ManagementCosts, ""),
        Accounting("expense_ratio", "Expense ratio", "Taux de frais de gestion", ColumnType.Ratio,
            of => of is { Premiums: { } p, Accounts.ManagementCosts: { } costs } ? Formulas.ExpenseRatio(costs, p.Earned) : null, $"{Order} : frais de gestion / cotisations HT"),
        Accounting("combined_ratio", "Combined ratio", "Ratio combiné", ColumnType.Ratio,
            of => of is { Benefits: { } b, Premiums: { } p, ProvisionChange: { } change, Accounts.ManagementCosts: { } costs } ? Formulas.CombinedRatio(b.Benefit, change, costs, p.Earned) : null,
            "(charge de sinistres + frais de gestion) / cotisations HT"),
        Accounting("technical_result", "Technical result", "Résultat technique", ColumnType.Money,
            of => of is { Benefits: { } b, Premiums: { } p, ProvisionChange: { } change, Accounts: { ManagementCosts: { } costs, Contributions: { } contributions } }
                ? Formulas.TechnicalResult(p.Earned, b.Benefit, change, costs, contributions) : null,
            "cotisations HT − prestations − variation des provisions − frais − taxes et contributions"),
        new("provision", new("Provision of the insurer", "PSAP de l'assureur"), ColumnType.Money, BenefitsAndPremiums, of => of.Accounts?.OccurrenceProvision,
            "PSAP de l'année de survenance à la date de vision (code des assurances, art. R. 343-7, 4°)", View: ReportView.Occurrence, IsInsurers: true),
        new("occurrence_loss_ratio", new("Loss ratio, occurrence", "P/C survenance"), ColumnType.Ratio, BenefitsAndPremiums,
            of => of is { Benefits: { } b, Premiums: { } p, Accounts.OccurrenceProvision: { } provision } ? Formulas.OccurrenceLossRatio(b.Benefit, provision, p.Earned) : null,
            "(prestations payées à la date de vision + PSAP) / cotisations acquises HT de l'année", View: ReportView.Occurrence, IsInsurers: true),
    ];

    private static Figure Accounting(string key, string english, string french, ColumnType type, Func<Amounts, decimal?> of, string formula) =>
        new(key, new(english, french), type, BenefitsAndPremiums, of, formula, View: ReportView.Accounting, IsInsurers: true);
}
