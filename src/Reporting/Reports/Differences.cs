using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Reports;

/// <summary>What a restatement changed, cell by cell: applied to the version before, its differences give the restatement.</summary>
internal static class Differences
{
    /// <summary>Compares one table of two versions; either may lack it.</summary>
    /// <param name="before">The table before; null when it came with the restatement.</param>
    /// <param name="linesBefore">Its lines by their keys, which are taken out as they are compared.</param>
    /// <param name="after">The table since; null when it went.</param>
    /// <param name="linesAfter">Its lines.</param>
    public static async IAsyncEnumerable<ReportDifference> OfTableAsync(
        ReportTable? before, Dictionary<string, ReportLine> linesBefore, ReportTable? after, IAsyncEnumerable<ReportLine> linesAfter)
    {
        var key = (after ?? before)!.Key;
        await foreach (var line in linesAfter)
        {
            linesBefore.Remove(line.Key, out var earlier);
            foreach (var difference in OfCells(key, line.Key, before, earlier?.Cells ?? [], after, line.Cells))
                yield return difference;
        }

        foreach (var gone in linesBefore.Values)
            foreach (var difference in OfCells(key, gone.Key, before, gone.Cells, after, []))
                yield return difference;

        foreach (var difference in OfCells(key, "", before, before?.Totals ?? [], after, after?.Totals ?? []))
            yield return difference;
    }

    /// <summary>Compares the version that is being written with the one before it, and writes what differs.</summary>
    /// <returns>How many cells differ.</returns>
    public static async Task<long> WriteDifferencesAsync(this TenantSession session, ReportRow row, ReportContent content, CancellationToken cancellationToken)
    {
        var before = (await session.FindContentAsync(row, row.Version, cancellationToken))!;
        var count = 0L;
        await foreach (var chunk in AllAsync().Chunk(VersionStore.LinesPerChunk).WithCancellation(cancellationToken))
        {
            await session.InsertChunkAsync(
                row, content.Version, VersionStore.Differences, count, chunk.Length, new ListReportDifferencesResponse { Differences = { chunk } }, cancellationToken);
            count += chunk.Length;
        }

        return count;

        async IAsyncEnumerable<ReportDifference> AllAsync()
        {
            foreach (var key in content.Tables.Concat(before.Tables).Select(table => table.Key).Distinct())
            {
                var (old, now) = (before.Tables.FirstOrDefault(table => table.Key == key), content.Tables.FirstOrDefault(table => table.Key == key));
                var earlier = await session.ReadLinesAsync(row, before.Version, key, cancellationToken).ToDictionaryAsync(line => line.Key, cancellationToken: cancellationToken);
                await foreach (var difference in OfTableAsync(old, earlier, now, session.ReadLinesAsync(row, content.Version, key, cancellationToken)))
                    yield return difference;
            }
        }
    }

    // A cell without value is there; one of a line or column that is not, is null.
    private static IEnumerable<ReportDifference> OfCells(
        string table, string line, ReportTable? before, IReadOnlyList<ReportCell> cellsBefore, ReportTable? after, IReadOnlyList<ReportCell> cellsAfter)
    {
        var columns = (after?.Columns ?? []).Concat(before?.Columns ?? []).Select(column => column.Key).Distinct();
        foreach (var column in columns)
        {
            var (was, isNow) = (At(before, cellsBefore, column), At(after, cellsAfter, column));
            if (!Equals(was, isNow))
                yield return new ReportDifference { TableKey = table, LineKey = line, ColumnKey = column, Before = was, After = isNow };
        }
    }

    private static ReportCell? At(ReportTable? table, IReadOnlyList<ReportCell> cells, string column) =>
        table is not null && table.Place(column) is >= 0 and var place && place < cells.Count ? cells[place] : null;
}
