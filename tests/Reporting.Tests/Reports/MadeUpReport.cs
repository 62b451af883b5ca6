using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Formats;
using Delegation.Reporting.Reports;
using Delegation.Reporting.V1;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Reporting.Tests.Reports;

/// <summary>A report of figures that a test chooses: one table of all types of columns, the first table of two.</summary>
internal sealed class MadeUpReport(Report.Types.Kind kind) : IReportBuilder
{
    public const string Table = "by_month";

    // What tests chose, by delegation.
    private static readonly ConcurrentDictionary<Guid, (IReadOnlyList<ReportLine> Lines, long Control)> Chosen = [];

    public Report.Types.Kind Kind => kind;

    /// <summary>Chooses the lines of a delegation's reports; the control total is that of the lines unless the test says otherwise.</summary>
    public static void Choose(Guid delegation, IReadOnlyList<ReportLine> lines, long? control = null) =>
        Chosen[delegation] = (lines, control ?? lines.Sum(line => line.Cells[3].Number));

    public Task<BuiltReport> BuildAsync(TenantSession session, ReportScope scope, CancellationToken cancellationToken)
    {
        var (lines, control) = Chosen.GetValueOrDefault(scope.Delegation.DelegationId, (Lines(2), Lines(2).Sum(line => line.Cells[3].Number)));
        return Task.FromResult(new BuiltReport(TablesAsync(lines, cancellationToken), [Control(control)], [Chart]));
    }

    /// <summary>So many lines; each differs from the others, and some amounts are negative or not there.</summary>
    public static IReadOnlyList<ReportLine> Lines(int count) =>
    [
        .. Enumerable.Range(0, count).Select(place => new ReportLine
        {
            Key = $"L{place}",
            Cells =
            {
                Cell.Of($"Poste n° {place} ; « soins »"), Cell.Of(new DateOnly(2026, 1, 1).AddDays(place % 365)), Cell.Of(place + 1), Cell.Of((place * 997L) - 300),
                Cell.Quotient(place, place + 3), Cell.Quotient(1, place), Cell.Quotient(place * 7, 4),
            },
        }),
    ];

    /// <summary>The same as published, without a database.</summary>
    public static PublishedReport Published(int count)
    {
        var lines = Lines(count);
        var table = Definition(lines);
        table.LineCount = count;
        var content = new ReportContent
        {
            ReportId = Guid.CreateVersion7().ToString(), DelegationId = Guid.CreateVersion7().ToString(), Kind = "technical", Title = "Reporting technique mensuel", Version = 2,
            PeriodStartDay = "2026-01-01", PeriodEndDay = "2026-01-31", ValuationDay = "2026-02-10",
            Sources = { new ReportSource { Kind = Import.Types.Kind.Operations, ImportId = Guid.CreateVersion7().ToString(), ApplyTime = Timestamp.FromDateTime(DateTime.UnixEpoch) } },
            Tables = { table }, Charts = { Chart }, ControlTotals = { Control(lines.Sum(line => line.Cells[3].Number)) },
        };
        var version = new ReportVersion { Version = 2, Reason = "Import corrigé", Sha256 = new string('a', 64), PublishTime = Timestamp.FromDateTime(DateTime.UnixEpoch), LineCount = count };
        return new PublishedReport(content, version, _ => lines.ToAsyncEnumerable());
    }

    private static async IAsyncEnumerable<BuiltTable> TablesAsync(IReadOnlyList<ReportLine> lines, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        yield return new BuiltTable(Definition(lines), lines.ToAsyncEnumerable());
        yield return new BuiltTable(
            new ReportTable { Key = "empty", TitleEn = "Nothing", TitleFr = "Rien", Columns = { new ReportColumn { Key = "none", TitleEn = "None", TitleFr = "Aucun", Type = ColumnType.Count } } },
            AsyncEnumerable.Empty<ReportLine>());
    }

    private static ReportTable Definition(IReadOnlyList<ReportLine> lines) => new()
    {
        Key = Table,
        TitleEn = "Benefits by month",
        TitleFr = "Prestations par mois",
        View = ReportView.Accounting,
        Columns =
        {
            new ReportColumn { Key = "category", TitleEn = "Category", TitleFr = "Poste", Type = ColumnType.Text },
            new ReportColumn { Key = "day", TitleEn = "Day", TitleFr = "Jour", Type = ColumnType.Day },
            new ReportColumn { Key = "acts", TitleEn = "Acts", TitleFr = "Actes", Type = ColumnType.Count, Additive = true },
            new ReportColumn { Key = "benefits", TitleEn = "Benefits", TitleFr = "Prestations", Type = ColumnType.Money, Currency = "EUR", Additive = true },
            new ReportColumn { Key = "ratio", TitleEn = "P/C", TitleFr = "P/C", Type = ColumnType.Ratio, Formula = "prestations / cotisations HT" },
            new ReportColumn { Key = "frequency", TitleEn = "Frequency", TitleFr = "Fréquence", Type = ColumnType.Decimal },
            new ReportColumn { Key = "time", TitleEn = "Time", TitleFr = "Délai", Type = ColumnType.Days },
        },
        Totals =
        {
            Cell.None, Cell.None, Cell.Of(lines.Sum(line => line.Cells[2].Number)), Cell.Of(lines.Sum(line => line.Cells[3].Number)), Cell.Quotient(812_345, 1_000_000),
            Cell.None, Cell.None,
        },
    };

    private static ReportChart Chart { get; } = new()
    {
        TitleEn = "Benefits", TitleFr = "Prestations", Kind = ReportChart.Types.Kind.Bar, TableKey = Table, XColumnKey = "day", SeriesColumnKeys = { "benefits" },
    };

    private static ControlTotal Control(long number) => new()
    {
        Key = "benefits_of_lines", TitleEn = "Benefits of the lines", TitleFr = "Prestations des lignes", Type = ColumnType.Money, Currency = "EUR", Number = number, TableKey = Table,
        ColumnKey = "benefits",
    };
}
