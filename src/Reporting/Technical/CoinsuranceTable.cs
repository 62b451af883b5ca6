using Delegation.Reporting.Coinsurance;
using Delegation.Reporting.Reports;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Reporting.Technical;

/// <summary>
/// Premiums and benefits at each insurer's share (coassurance), a line for each; the totals are those at 100 %. Shares are those that were agreed when the report
/// is computed, for all of its period.
/// </summary>
internal static class CoinsuranceTable
{
    private static readonly Figure[] Shared =
        [.. new[] { "premiums_called", "premiums_collected", "premiums_earned", "premiums_tax", "benefits", "balance" }.Select(key => Figure.All.Single(figure => figure.Key == key))];

    /// <summary>The table of what is known at 100 %; nothing where one insurer holds all.</summary>
    /// <param name="key">The key of the table.</param>
    /// <param name="view">By which day things belong to the period.</param>
    /// <param name="insurers">With their shares.</param>
    /// <param name="whole">At 100 %.</param>
    public static (ReportTable Table, IReadOnlyList<ReportLine> Lines)? Of(string key, ReportView view, IReadOnlyList<InsurerShare> insurers, Amounts whole)
    {
        if (insurers.Count < 2)
            return null;

        var lines = insurers.Zip(Split(whole, insurers), (insurer, part) => new ReportLine
        {
            Key = insurer.Leads ? "lead" : insurer.Siren, Cells = { Cell.Of(insurer.Siren), Cell.Of(insurer.LegalName), Cell.Quotient(insurer.SharePpm, InsurerShare.Whole), CellsOf(part) },
        }).ToArray();
        var table = new ReportTable
        {
            Key = key,
            TitleEn = $"At the share of each insurer{(view == ReportView.Occurrence ? ", care of the period" : "")}",
            TitleFr = $"Par quote-part de coassurance{(view == ReportView.Occurrence ? ", soins de la période" : "")}",
            View = view,
            Columns =
            {
                Column("insurer_siren", new("SIREN", "SIREN")),
                Column("insurer", new("Insurer, the first one leads", "Assureur, l'apériteur en premier")),
                new ReportColumn { Key = "share", TitleEn = "Share", TitleFr = "Quote-part", Type = ColumnType.Ratio, Additive = true },
                Shared.Select(figure => new ReportColumn
                {
                    Key = figure.Key, TitleEn = figure.Title.English, TitleFr = figure.Title.French, Type = figure.Type, Currency = Figure.Currency, Additive = figure.Of(whole) is not null,
                    Formula = "quote-part × montant à 100 %, arrondi au centime ; le reste à l'apériteur",
                }),
            },
            LineCount = lines.Length,
        };
        table.Totals.Add([Cell.None, Cell.None, Cell.Quotient(insurers.Sum(insurer => insurer.SharePpm), InsurerShare.Whole), .. CellsOf(whole)]);
        return (table, lines);
    }

    private static IEnumerable<ReportCell> CellsOf(Amounts amounts) => Shared.Select(figure => figure.CellOf(amounts));

    // Amounts are split and figures follow from them, so that what is left of premiums is so for each insurer too.
    private static IEnumerable<Amounts> Split(Amounts whole, IReadOnlyList<InsurerShare> insurers)
    {
        var benefit = InsurerShare.Split(whole.Benefits?.Benefit ?? 0, insurers);
        var (called, collected) = (InsurerShare.Split(whole.Premiums?.Called ?? 0, insurers), InsurerShare.Split(whole.Premiums?.Collected ?? 0, insurers));
        var (earned, tax) = (InsurerShare.Split(whole.Premiums?.Earned ?? 0, insurers), InsurerShare.Split(whole.Premiums?.Tax ?? 0, insurers));
        return insurers.Index().Select(insurer => whole with
        {
            Benefits = whole.Benefits is null ? null : new BenefitSums { Benefit = benefit[insurer.Index] },
            Premiums = whole.Premiums is null ? null : new PremiumSums
            {
                Called = called[insurer.Index], Collected = collected[insurer.Index], Earned = earned[insurer.Index], Tax = tax[insurer.Index],
            },
        });
    }

    private static ReportColumn Column(string key, LocalizedText title) => new() { Key = key, TitleEn = title.English, TitleFr = title.French, Type = ColumnType.Text };
}
