using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Reports;

/// <summary>Computes what reports of one kind say. Register each as a singleton of this type.</summary>
internal interface IReportBuilder
{
    /// <summary>The kind of the reports that it computes.</summary>
    Report.Types.Kind Kind { get; }

    /// <summary>
    /// Computes a report, in the transaction that publishes it: imports of the delegation wait meanwhile, so that all statements see the same lines.
    /// Its cost follows from its cells and not from the lines that were imported. The same lines give the same content, to the cell. What it writes beside
    /// stands with the report: where that is refused, nothing does.
    /// </summary>
    Task<BuiltReport> BuildAsync(TenantSession session, ReportScope scope, CancellationToken cancellationToken);
}

/// <summary>Of what a report is computed.</summary>
/// <param name="Delegation">Its delegation.</param>
/// <param name="Period">Its period.</param>
/// <param name="ValuationDay">The day as seen at which occurrences are told: payments later than it do not count.</param>
internal sealed record ReportScope(KnownDelegation Delegation, Period Period, DateOnly ValuationDay);

/// <summary>What a report says, as its builder computed it.</summary>
/// <param name="Tables">
/// Its tables, taken one after the other and each once: all lines of one are read before the next table is asked for, so that a builder may read
/// page by page in the one session.
/// </param>
/// <param name="ControlTotals">Totals found another way than the tables; where one names a total of a table that differs, nothing is published.</param>
/// <param name="Charts">Of the tables, in the order in which they are shown.</param>
internal sealed record BuiltReport(IAsyncEnumerable<BuiltTable> Tables, IReadOnlyList<ControlTotal> ControlTotals, IReadOnlyList<ReportChart> Charts);

/// <summary>A table with its lines.</summary>
/// <param name="Table">
/// What it is. <c>line_count</c> is set by whoever reads the lines; the builder may set the totals until it gave the last line.
/// </param>
/// <param name="Lines">In the order in which they are shown, each key once. Small tables: <c>lines.ToAsyncEnumerable()</c>.</param>
internal sealed record BuiltTable(ReportTable Table, IAsyncEnumerable<ReportLine> Lines);
