using Delegation.Reporting.Reports;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Reporting.Technical;

/// <summary>From which imports a figure follows; of several it has what all of them have.</summary>
[Flags]
internal enum Origin
{
    Benefits = 1,
    Premiums = 2,
    Membership = 4,
}

/// <summary>A figure of technical reports: a column of their tables.</summary>
/// <param name="Key">As tables name it.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Type">What its cells are.</param>
/// <param name="Origin">What it follows from.</param>
/// <param name="Of">Its value.</param>
/// <param name="Formula">How it is computed and where that comes from; nothing for what is only added up.</param>
/// <param name="Additive">Whether those of parts add up to that of the whole, where parts are told apart.</param>
/// <param name="View">The only view that it belongs to; null for both.</param>
/// <param name="IsInsurers">Whether the insurer alone sees it.</param>
internal sealed record Figure(
    string Key, LocalizedText Title, ColumnType Type, Origin Origin, Func<Amounts, decimal?> Of, string Formula = "", bool Additive = false, ReportView? View = null, bool IsInsurers = false)
{
    /// <summary>ISO 4217 code of all amounts.</summary>
    public const string Currency = "EUR";

    /// <summary>All of them, in the order in which tables show them.</summary>
    public static readonly IReadOnlyList<Figure> All =
    [
        Added("acts", new("Acts", "Nombre d'actes"), ColumnType.Count, Origin.Benefits, of => of.Benefits?.Acts),
        Added("expenses", new("Expenses", "Frais réels"), ColumnType.Money, Origin.Benefits, of => of.Benefits?.Expenses),
        Added("compulsory_base", new("Reimbursement base", "Base de remboursement"), ColumnType.Money, Origin.Benefits, of => of.Benefits?.CompulsoryBase),
        Added("compulsory_paid", new("Paid by the compulsory scheme", "Remboursement AMO"), ColumnType.Money, Origin.Benefits, of => of.Benefits?.CompulsoryPaid),
        Added("benefits", new("Benefits", "Prestations (remboursement AMC)"), ColumnType.Money, Origin.Benefits, of => of.Benefits?.Benefit),
        Added("other_paid", new("Paid by others", "Autres remboursements"), ColumnType.Money, Origin.Benefits, of => of.Benefits?.OtherPaid),
        Added("out_of_pocket", new("Out of pocket", "Reste à charge"), ColumnType.Money, Origin.Benefits, of => of.Benefits?.OutOfPocket),
        new("out_of_pocket_rate", new("Out-of-pocket rate", "Taux de reste à charge"), ColumnType.Ratio, Origin.Benefits,
            of => of.Benefits is { } b ? Formulas.OutOfPocketRate(b.OutOfPocket, b.Expenses) : null, "reste à charge / frais réels"),
        new("average_cost", new("Average cost", "Coût moyen"), ColumnType.Money, Origin.Benefits,
            of => of.Benefits is { } b ? Formulas.AverageCost(b.Benefit, b.Acts) : null, "prestations / nombre d'actes"),
        Added("premiums_called", new("Premiums called", "Cotisations appelées"), ColumnType.Money, Origin.Premiums, of => of.Premiums?.Called),
        Added("premiums_collected", new("Premiums collected", "Cotisations encaissées"), ColumnType.Money, Origin.Premiums, of => of.Premiums?.Collected),
        new("collection_rate", new("Collection rate", "Taux d'encaissement"), ColumnType.Ratio, Origin.Premiums,
            of => of.Premiums is { } p ? Formulas.CollectionRate(p.Collected, p.Called) : null, "cotisations encaissées / cotisations appelées"),
        Added("premiums_earned", new("Premiums earned without tax", "Cotisations acquises HT"), ColumnType.Money, Origin.Premiums, of => of.Premiums?.Earned),
        Added("premiums_tax", new("Tax on premiums", "Taxes sur cotisations"), ColumnType.Money, Origin.Premiums, of => of.Premiums?.Tax),
        new("accounting_loss_ratio", new("Loss ratio, accounting", "P/C comptable"), ColumnType.Ratio, Origin.Benefits | Origin.Premiums,
            of => of is { Benefits: { } b, Premiums: { } p } ? Formulas.AccountingLossRatio(b.Benefit, p.Earned) : null,
            "prestations payées / cotisations acquises HT de la même période", View: ReportView.Accounting),
        new("occurrence_paid_ratio", new("Loss ratio, occurrence, before provisions", "P/C survenance hors provisions"), ColumnType.Ratio, Origin.Benefits | Origin.Premiums,
            of => of is { Benefits: { } b, Premiums: { } p } ? Formulas.OccurrencePaidRatio(b.Benefit, p.Earned) : null,
            "prestations des soins de la période payées à la date de vision / cotisations acquises HT de la période", View: ReportView.Occurrence),
        Added("balance", new("Premiums less benefits", "Solde cotisations − prestations"), ColumnType.Money, Origin.Benefits | Origin.Premiums,
            of => of is { Benefits: { } b, Premiums: { } p } ? Formulas.Balance(p.Earned, b.Benefit) : null,
            "cotisations acquises HT − prestations, avant provisions, frais et contributions"),
        Added("exposure_days", new("Days of cover", "Jours d'exposition"), ColumnType.Count, Origin.Membership, of => of.Members?.ExposureDays),
        new("average_members", new("Average members", "Effectif moyen"), ColumnType.Decimal, Origin.Membership,
            of => of.Members is { } m ? Formulas.AverageMembers(m.ExposureDays, of.Days) : null, "jours d'exposition / jours de la période"),
        new("members_at_end", new("Members at the end", "Effectif en fin de période"), ColumnType.Count, Origin.Membership, of => of.Members?.AtEnd),
        Added("entries", new("Entries", "Entrées"), ColumnType.Count, Origin.Membership, of => of.Members?.Entries),
        Added("exits", new("Exits", "Sorties"), ColumnType.Count, Origin.Membership, of => of.Members?.Exits),
        new("frequency", new("Frequency in a year", "Fréquence annuelle"), ColumnType.Decimal, Origin.Benefits | Origin.Membership,
            of => of is { Benefits: { } b, Members: { } m } ? Formulas.Frequency(b.Acts, m.ExposureDays, of.DaysOfYear) : null,
            "nombre d'actes / effectif moyen, annualisé"),
        new("pure_premium", new("Benefits per member in a year", "Prime pure annuelle"), ColumnType.Money, Origin.Benefits | Origin.Membership,
            of => of is { Benefits: { } b, Members: { } m } ? Formulas.PurePremium(b.Benefit, m.ExposureDays, of.DaysOfYear) : null,
            "prestations / effectif moyen, annualisé = fréquence × coût moyen"),
        .. InsurerFigures.All,
    ];

    /// <summary>The value as a cell: whole cents, and what is no whole number in millionths.</summary>
    public ReportCell CellOf(Amounts amounts) => Of(amounts) is not { } value ? Cell.None
        : Type is ColumnType.Money or ColumnType.Count ? Cell.Of((long)Math.Round(value, MidpointRounding.AwayFromZero))
        : Cell.Decimal(value);

    private static Figure Added(string key, LocalizedText title, ColumnType type, Origin origin, Func<Amounts, long?> of, string formula = "") =>
        new(key, title, type, origin, amounts => of(amounts), formula, Additive: true);
}
