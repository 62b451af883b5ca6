using System.Runtime.CompilerServices;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Coinsurance;
using Delegation.Reporting.Reports;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using static Delegation.Reporting.V1.TechnicalDimension;

namespace Delegation.Reporting.Technical;

/// <summary>
/// Computes technical reports, both views. Figures are kept by months: a month counts with its first day. Nothing in it is the insurer's alone, since both
/// sides read what is published.
/// </summary>
internal sealed class TechnicalReportBuilder : IReportBuilder
{
    private sealed record Cut(string Key, ReportView View, LocalizedText Title, params TechnicalDimension[] By);

    private const string ByMonth = "accounting_by_month";
    private const string ByCategory = "accounting_by_category";
    private const string ByAge = "accounting_by_age_band";
    private const string OccurrenceByMonth = "occurrence_by_month";

    private static readonly Cut[] Cuts =
    [
        new(ByMonth, ReportView.Accounting, new("By month", "Par mois"), Month),
        new("accounting_by_product", ReportView.Accounting, new("By product", "Par produit"), Business, Product),
        new("accounting_by_contract", ReportView.Accounting, new("By contract", "Par contrat"), Contract),
        new(ByCategory, ReportView.Accounting, new("By category of benefit", "Par poste"), Category),
        new("accounting_by_act", ReportView.Accounting, new("By act", "Par acte"), Category, Act),
        new("accounting_by_basket", ReportView.Accounting, new("By 100 % Santé basket", "Par panier 100 % Santé"), Category, Basket),
        new("accounting_by_college", ReportView.Accounting, new("By college", "Par collège"), College),
        new("accounting_by_level", ReportView.Accounting, new("By level of cover", "Par niveau de garantie"), Level),
        new("accounting_by_beneficiary_kind", ReportView.Accounting, new("By kind of beneficiary", "Par type de bénéficiaire"), BeneficiaryKind),
        new(ByAge, ReportView.Accounting, new("By age band and sex", "Par tranche d'âge et sexe"), AgeBand, Sex),
        new("accounting_by_region", ReportView.Accounting, new("By region", "Par région"), Region),
        new(OccurrenceByMonth, ReportView.Occurrence, new("By month of care", "Par mois de soins"), Month),
        new("occurrence_by_product", ReportView.Occurrence, new("By product, care of the period", "Par produit, soins de la période"), Business, Product),
        new("occurrence_by_category", ReportView.Occurrence, new("By category of benefit, care of the period", "Par poste, soins de la période"), Category),
    ];

    public Report.Types.Kind Kind => Report.Types.Kind.Technical;

    public async Task<BuiltReport> BuildAsync(TenantSession session, ReportScope scope, CancellationToken cancellationToken)
    {
        var imports = await ImportsKnown.LoadAsync(session, scope.Delegation, asOf: null, cancellationToken);
        return new BuiltReport(
            TablesAsync(session, scope, imports, cancellationToken), [.. await ControlTotalsAsync(session, scope, imports, cancellationToken)], Charts);
    }

    private static async IAsyncEnumerable<BuiltTable> TablesAsync(
        TenantSession session, ReportScope scope, ImportsKnown imports, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var insurers = await session.SharesAsync(scope.Delegation, asOf: null, cancellationToken);
        foreach (var cut in Cuts)
        {
            var selection = SelectionOf(scope, cut.View, cut.By);
            var figures = await FigureTable.ReadAsync(session, scope.Delegation, imports, selection, accounts: null, cancellationToken);
            var table = figures.Describe(cut.Key, cut.Title);
            var gaps = Gaps.Of(imports, selection).ToArray();
            table.NoteEn = string.Join(' ', gaps.Select(gap => gap.TextEn));
            table.NoteFr = string.Join(' ', gaps.Select(gap => gap.TextFr));
            yield return new BuiltTable(table, figures.Lines().ToAsyncEnumerable());
            if (cut.Key is ByMonth or OccurrenceByMonth && CoinsuranceTable.Of($"{cut.View}_coinsurance".ToLowerInvariant(), cut.View, insurers, figures.Total) is { } shares)
                yield return new BuiltTable(shares.Table, shares.Lines.ToAsyncEnumerable());
        }

        var accounting = SelectionOf(scope, ReportView.Accounting);
        var observed = await session.LinksAsync(scope.Delegation, imports, accounting, cancellationToken);
        var (links, ofLinks) = Noemie.LinksTable(observed);
        yield return new BuiltTable(links, ofLinks.ToAsyncEnumerable());
        var (byProduct, ofProducts) = Noemie.LinksByProductTable(observed);
        yield return new BuiltTable(byProduct, ofProducts.ToAsyncEnumerable());
        var (returns, ofReturns) = Noemie.ReturnsTable(await session.ReturnsAsync(scope.Delegation, imports, accounting.Period, cancellationToken));
        yield return new BuiltTable(returns, ofReturns.ToAsyncEnumerable());
        var (findings, ofFindings) = Findings.Table(await session.FindingsAsync(scope.Delegation, imports, accounting.Period, cancellationToken));
        yield return new BuiltTable(findings, ofFindings.ToAsyncEnumerable());
    }

    // The cells of persons and regions are added up from the lines apart from those of acts, from which the categories come.
    private static async Task<IEnumerable<ControlTotal>> ControlTotalsAsync(TenantSession session, ReportScope scope, ImportsKnown imports, CancellationToken cancellationToken)
    {
        var benefits = Parts(await session.BenefitsAsync(scope.Delegation, imports, SelectionOf(scope, ReportView.Accounting, BeneficiaryKind), cancellationToken));
        var members = Parts(await session.MembersAsync(scope.Delegation, imports, SelectionOf(scope, ReportView.Accounting, Region), cancellationToken));
        var months = SelectionOf(scope, ReportView.Accounting).Period;
        return
        [
            .. imports.Tell(ImportsKnown.Benefits, months)
                ?
                [
                    Total("benefits", new("Benefits by kind of beneficiary", "Prestations par type de bénéficiaire"), benefits.Sum(one => one.Benefit), ColumnType.Money, ByCategory),
                    Total("expenses", new("Expenses by kind of beneficiary", "Frais réels par type de bénéficiaire"), benefits.Sum(one => one.Expenses), ColumnType.Money, ByCategory),
                    Total("acts", new("Acts by kind of beneficiary", "Actes par type de bénéficiaire"), benefits.Sum(one => one.Acts), ColumnType.Count, ByCategory),
                ]
                : Array.Empty<ControlTotal>(),
            .. imports.Tell(ImportsKnown.Membership, months)
                ? [Total("exposure_days", new("Days of cover by region", "Jours d'exposition par région"), members.Sum(one => one.ExposureDays), ColumnType.Count, ByAge)]
                : Array.Empty<ControlTotal>(),
        ];
    }

    private static IReadOnlyList<T> Parts<T>(IReadOnlyList<T>? rows)
        where T : Sums => [.. (rows ?? []).Where(row => !row.IsTotal)];

    private static ControlTotal Total(string column, LocalizedText title, long number, ColumnType type, string table) => new()
    {
        Key = $"{column}_in_parts",
        TitleEn = title.English,
        TitleFr = title.French,
        Type = type,
        Currency = type == ColumnType.Money ? Figure.Currency : "",
        Number = number,
        TableKey = table,
        ColumnKey = column,
    };

    private static IReadOnlyList<ReportChart> Charts =>
    [
        Chart(ReportChart.Types.Kind.Line, ByMonth, "month", new("Premiums and benefits by month", "Cotisations et prestations par mois"), "premiums_earned", "benefits"),
        Chart(ReportChart.Types.Kind.Line, ByMonth, "month", new("Loss ratio by month", "P/C comptable par mois"), "accounting_loss_ratio"),
        Chart(ReportChart.Types.Kind.Bar, ByCategory, "category_label_fr", new("Benefits and out of pocket by category", "Prestations et reste à charge par poste"), "benefits", "out_of_pocket"),
        Chart(ReportChart.Types.Kind.Line, OccurrenceByMonth, "month", new("Benefits by month of care", "Prestations par mois de soins"), "benefits"),
    ];

    private static ReportChart Chart(ReportChart.Types.Kind kind, string table, string along, LocalizedText title, params string[] series) => new()
    {
        TitleEn = title.English, TitleFr = title.French, Kind = kind, TableKey = table, XColumnKey = along, SeriesColumnKeys = { series },
    };

    private static Selection SelectionOf(ReportScope scope, ReportView view, params TechnicalDimension[] by) => new()
    {
        View = view,
        Period = new Period(Months.StartOf(scope.Period.Start), Months.EndOf(scope.Period.End)),
        // Of a month that is not over nothing was told whole.
        ValuationDay = view == ReportView.Accounting ? null
            : scope.ValuationDay == Months.EndOf(scope.ValuationDay) ? scope.ValuationDay : Months.StartOf(scope.ValuationDay).AddDays(-1),
        Breakdown = [.. by.Select(Dimension.Of)],
    };
}
