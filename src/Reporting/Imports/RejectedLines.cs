using System.Text;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Imports.Kinds;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Imports;

/// <summary>The rejected lines of an import as a CSV file, made page by page: a slow reader holds no connection.</summary>
internal static class RejectedLines
{
    private const int LinesPerPage = 1000;
    private const string Between = " | ";

    /// <summary>The parts of the file.</summary>
    public static async IAsyncEnumerable<byte[]> ReadRejectedLinesAsync(
        this TenantSessions sessions,
        Caller caller,
        ImportRow import,
        ImportMapping? mapping,
        string language,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Only the columns that files of this mapping have; a spreadsheet takes a file for UTF-8 by its byte order mark.
        var kind = ImportKinds.Of(import.Kind).Fields;
        var fields = Enumerable.Range(0, kind.Count).Where(place => Header(kind[place], mapping) is not null).ToArray();
        yield return [.. Encoding.UTF8.Preamble, .. Line(["line", "fields", "reasons", "explanation", "corrected", .. fields.Select(place => Header(kind[place], mapping)!)])];

        for (var after = 0L; after >= 0;)
        {
            IReadOnlyList<RejectedRow> rows;
            await using (var session = await sessions.OpenAsync(caller, cancellationToken))
                rows = await session.PageAsync(import, after, cancellationToken);

            if (rows.Count > 0)
                yield return [.. rows.SelectMany(row => Line(
                [
                    $"{row.Line}", string.Join(Between, row.Fields), string.Join(Between, row.Reasons), string.Join(' ', row.Reasons.Select(reason => LineReasons.Text(reason, language))),
                    row.Corrected ? "yes" : "no", .. fields.Select(place => row.Cells[place]),
                ]))];
            after = rows.Count == LinesPerPage ? rows[^1].Line : -1;
        }
    }

    private static string? Header(ImportField field, ImportMapping? mapping) => mapping is null
        ? field.Headers[0]
        : mapping.Columns.FirstOrDefault(column => column.Field == field.Name)?.Header;

    private static byte[] Line(IEnumerable<string> cells) => Encoding.UTF8.GetBytes(string.Join(';', cells.Select(Quoted)) + "\r\n");

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(";\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static Task<IReadOnlyList<RejectedRow>> PageAsync(this TenantSession session, ImportRow import, long after, CancellationToken cancellationToken) =>
        session.QueryAsync<RejectedRow>(
            """
            SELECT line, fields, reasons, cells, corrected
            FROM rejected_line
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND import_id = @Id AND line > @after
            ORDER BY line
            LIMIT @LinesPerPage
            """,
            new { import.OwnerId, import.DelegationId, import.Id, after, LinesPerPage },
            cancellationToken);

    private sealed record RejectedRow
    {
        public required long Line { get; init; }

        public required string[] Fields { get; init; }

        public required string[] Reasons { get; init; }

        public required string[] Cells { get; init; }

        public required bool Corrected { get; init; }
    }
}
