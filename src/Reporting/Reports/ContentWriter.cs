using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Reports;

/// <summary>Writes what a builder computed, table by table and chunk by chunk, and looks whether its totals hold.</summary>
internal static class ContentWriter
{
    /// <summary>Fills the head with the tables, charts and control totals, and writes the lines.</summary>
    public static async Task WriteContentAsync(this TenantSession session, ReportRow row, ReportContent head, BuiltReport built, CancellationToken cancellationToken)
    {
        await foreach (var (table, lines) in built.Tables.WithCancellation(cancellationToken))
        {
            var sums = new Int128[table.Columns.Count];
            var keys = new HashSet<string>(StringComparer.Ordinal);
            table.LineCount = 0;
            await foreach (var chunk in lines.Chunk(VersionStore.LinesPerChunk).WithCancellation(cancellationToken))
            {
                foreach (var line in chunk)
                    Take(table, line, keys, sums);

                var content = new ListReportLinesResponse { Lines = { chunk } };
                await session.InsertChunkAsync(row, head.Version, table.Key, table.LineCount, chunk.Length, content, cancellationToken);
                table.LineCount += chunk.Length;
            }

            NeedsSums(table, sums);
            head.Tables.Add(table);
        }

        head.Charts.AddRange(built.Charts);
        head.ControlTotals.AddRange(built.ControlTotals);
    }

    /// <summary>The control totals that differ from the total of the table that they name, each with that total.</summary>
    public static IEnumerable<(ControlTotal Control, ReportCell Total)> Differing(ReportContent content) =>
        from control in content.ControlTotals
        where control.TableKey.Length > 0
        let table = content.Tables.First(table => table.Key == control.TableKey)
        let total = table.Totals[table.Place(control.ColumnKey)]
        where !total.HasNumber || total.Number != control.Number
        select (control, total);

    /// <summary>The place of a column in its table; -1 when there is none.</summary>
    public static int Place(this ReportTable table, string column)
    {
        for (var place = 0; place < table.Columns.Count; place++)
            if (table.Columns[place].Key == column)
                return place;

        return -1;
    }

    private static void Take(ReportTable table, ReportLine line, HashSet<string> keys, Int128[] sums)
    {
        if (line.Cells.Count != table.Columns.Count || line.Key.Length == 0 || !keys.Add(line.Key))
            throw new InvalidOperationException($"Line '{line.Key}' of {table.Key} has another number of cells, or its key is there already.");

        for (var place = 0; place < sums.Length; place++)
            sums[place] += line.Cells[place].Number;
    }

    // What says that it adds up does: nothing is published where it does not.
    private static void NeedsSums(ReportTable table, Int128[] sums)
    {
        for (var place = 0; place < sums.Length && table.Totals.Count > 0; place++)
            if (table.Columns[place].Additive && table.Totals[place].Number != sums[place])
                throw new InvalidOperationException($"The total of {table.Columns[place].Key} in {table.Key} is {table.Totals[place].Number} and not the sum {sums[place]}.");
    }
}
