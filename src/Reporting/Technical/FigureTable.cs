using System.Globalization;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Reports;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Reporting.Technical;

/// <summary>The figures of a selection: a line for each key, and all together.</summary>
internal sealed class FigureTable
{
    private readonly Selection _selection;
    private readonly (Told<BenefitSums>? Lines, BenefitSums? Total) _benefits;
    private readonly (Told<PremiumSums>? Lines, PremiumSums? Total) _premiums;
    private readonly (Told<MemberSums>? Lines, MemberSums? Total) _members;

    private readonly InsurerAccounts? _accounts;

    private readonly Figure[] _figures;

    // Each once; all together is no line.
    private readonly (string Key, string[] Codes)[] _keys;

    private FigureTable(
        Selection selection, InsurerAccounts? accounts, (Told<BenefitSums>? Lines, BenefitSums?) benefits, (Told<PremiumSums>? Lines, PremiumSums?) premiums, (Told<MemberSums>? Lines, MemberSums?) members)
    {
        (_selection, _accounts, _benefits, _premiums, _members) = (selection, accounts, benefits, premiums, members);
        _figures = [.. Figure.All.Where(figure => (figure.View is null || figure.View == selection.View) && (!figure.IsInsurers || accounts is not null))];
        _keys =
        [
            .. (benefits.Lines?.Keys ?? []).Concat(premiums.Lines?.Keys ?? []).Concat(members.Lines?.Keys ?? [])
                .DistinctBy(line => line.Key, StringComparer.Ordinal).OrderBy(line => line.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Reads what it follows from: at most five statements, whatever it is cut by. The accounts are those of the insurer, for the insurer; null for others,
    /// to whom it shows no column of them.
    /// </summary>
    public static async Task<FigureTable> ReadAsync(
        TenantSession session, KnownDelegation delegation, ImportsKnown imports, Selection selection, InsurerAccounts? accounts, CancellationToken cancellationToken)
    {
        var paid = selection.ValuationDay is { } valuationDay ? selection.Period with { End = valuationDay } : selection.Period;
        return new FigureTable(
            selection,
            accounts,
            imports.Tell(ImportsKnown.Benefits, paid)
                ? await Told<BenefitSums>.AskAsync(selection.Breakdown, selection, asked => session.BenefitsAsync(delegation, imports, asked, cancellationToken))
                : default,
            imports.Tell(ImportsKnown.Premiums, paid)
                ? await Told<PremiumSums>.AskAsync(selection.Breakdown, selection, asked => session.PremiumsAsync(delegation, imports, asked, cancellationToken))
                : default,
            imports.Tell(ImportsKnown.Membership, selection.Period)
                ? await Told<MemberSums>.AskAsync(selection.Breakdown, selection.OfPeople(), asked => session.MembersAsync(delegation, imports, asked, cancellationToken))
                : default);
    }

    /// <summary>All lines together.</summary>
    public Amounts Total => new(_benefits.Total, _premiums.Total, _members.Total, DaysOf(null), DaysOfYear(null), _accounts);

    /// <summary>What it is: titles, columns and totals.</summary>
    public ReportTable Describe(string key, LocalizedText title) => new()
    {
        Key = key,
        TitleEn = title.English,
        TitleFr = title.French,
        View = _selection.View,
        Columns = { _selection.Breakdown.SelectMany(ColumnsOf), _figures.Select(ColumnOf) },
        Totals = { _selection.Breakdown.SelectMany(ColumnsOf).Select(_ => Cell.None), CellsOf(Total) },
        LineCount = _keys.Length,
    };

    /// <summary>Its lines, by their key.</summary>
    public IEnumerable<ReportLine> Lines() => _keys.Select(line => new ReportLine
    {
        Key = line.Key,
        Cells =
        {
            line.Codes.Zip(_selection.Breakdown).SelectMany(pair => CellsOf(pair.First, pair.Second)),
            CellsOf(new Amounts(
                _benefits.Lines?.Of(line.Key, line.Codes, _selection.Breakdown),
                _premiums.Lines?.Of(line.Key, line.Codes, _selection.Breakdown),
                _members.Lines?.Of(line.Key, line.Codes, _selection.Breakdown),
                DaysOf(MonthOf(line.Codes)),
                DaysOfYear(MonthOf(line.Codes)))),
        },
    });

    // The code, and what people call it where the platform knows.
    private static IEnumerable<ReportColumn> ColumnsOf(Dimension dimension)
    {
        var (english, french) = (dimension.Title.English, dimension.Title.French);
        yield return new ReportColumn { Key = dimension.Key, TitleEn = english, TitleFr = french, Type = dimension.Column is null ? ColumnType.Day : ColumnType.Text };
        if (!CodeLabels.Has(dimension))
            yield break;

        yield return new ReportColumn { Key = $"{dimension.Key}_label_en", TitleEn = $"{english} (label)", TitleFr = $"{french} (libellé anglais)", Type = ColumnType.Text };
        yield return new ReportColumn { Key = $"{dimension.Key}_label_fr", TitleEn = $"{english} (French label)", TitleFr = $"{french} (libellé)", Type = ColumnType.Text };
    }

    private static IEnumerable<ReportCell> CellsOf(string code, Dimension dimension)
    {
        if (!CodeLabels.Has(dimension))
            return [Cell.Of(code)];

        var label = CodeLabels.Of(dimension, code);
        return [Cell.Of(code), Cell.Of(label.English), Cell.Of(label.French)];
    }

    private ReportColumn ColumnOf(Figure figure) => new()
    {
        Key = figure.Key,
        TitleEn = figure.Title.English,
        TitleFr = figure.Title.French,
        Type = figure.Type,
        Currency = figure.Type == ColumnType.Money ? Figure.Currency : "",
        Additive = figure.Additive && IsWhole(figure.Origin),
        Formula = figure.Formula,
    };

    private bool IsWhole(Origin origin) =>
        (!origin.HasFlag(Origin.Benefits) || _benefits.Lines?.IsWhole == true)
        && (!origin.HasFlag(Origin.Premiums) || _premiums.Lines?.IsWhole == true)
        && (!origin.HasFlag(Origin.Membership) || _members.Lines?.IsWhole == true);

    private IEnumerable<ReportCell> CellsOf(Amounts amounts) => _figures.Select(figure => figure.CellOf(amounts));

    private DateOnly? MonthOf(string[] key)
    {
        for (var i = 0; i < key.Length; i++)
            if (_selection.Breakdown[i].Column is null)
                return DateOnly.ParseExact(key[i], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return null;
    }

    private int DaysOf(DateOnly? month) => month is { } first
        ? DateTime.DaysInMonth(first.Year, first.Month)
        : _selection.Period.End.DayNumber - _selection.Period.Start.DayNumber + 1;

    private int DaysOfYear(DateOnly? month) => DateTime.IsLeapYear((month ?? _selection.Period.End).Year) ? 366 : 365;
}
