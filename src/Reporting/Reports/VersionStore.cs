using System.Runtime.CompilerServices;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Google.Protobuf;

namespace Delegation.Reporting.Reports;

/// <summary>What versions of reports say, in the database: a head, and lines by the chunk, so that a large table is never in memory as a whole.</summary>
internal static class VersionStore
{
    /// <summary>How many lines are in a chunk.</summary>
    public const int LinesPerChunk = 500;

    /// <summary>The part of a version that holds its differences from the version before.</summary>
    public const string Differences = "";

    public static Task InsertVersionAsync(this TenantSession session, ReportRow row, VersionRow version, ReportContent content, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            INSERT INTO report_version (owner_id, delegation_id, delegate_id, report_id, version, valuation_day, content, sha256, size_bytes, line_count, difference_count,
                                        reason, person_id, publish_time)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Version, @ValuationDay, @content, @Sha256, @SizeBytes, @LineCount, @DifferenceCount, @Reason, @PersonId,
                    @PublishTime)
            """,
            new
            {
                row.OwnerId, row.DelegationId, row.DelegateId, row.Id, version.Version, version.ValuationDay, content = content.ToByteArray(), version.Sha256,
                version.SizeBytes, version.LineCount, version.DifferenceCount, version.Reason, version.PersonId, version.PublishTime,
            },
            cancellationToken);

    /// <summary>What a version says, without its lines; null when there is no such version.</summary>
    public static async Task<ReportContent?> FindContentAsync(this TenantSession session, ReportRow row, int version, CancellationToken cancellationToken) =>
        await session.FindAsync<byte[]>(
            "SELECT content FROM report_version WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND report_id = @Id AND version = @version",
            new { row.OwnerId, row.DelegationId, row.Id, version },
            cancellationToken) is { } bytes ? ReportContent.Parser.ParseFrom(bytes) : null;

    public static Task InsertChunkAsync(
        this TenantSession session, ReportRow row, int version, string part, long firstLine, int lineCount, IMessage content, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            INSERT INTO report_chunk (owner_id, delegation_id, delegate_id, report_id, version, part, first_line, line_count, content)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @version, @part, @firstLine, @lineCount, @content)
            """,
            new { row.OwnerId, row.DelegationId, row.DelegateId, row.Id, version, part, firstLine, lineCount, content = content.ToByteArray() },
            cancellationToken);

    /// <summary>The chunk in which a line is, with how many lines come before it; null after the last one.</summary>
    public static Task<ReportChunk?> FindChunkAsync(
        this TenantSession session, ReportRow row, int version, string part, long line, CancellationToken cancellationToken) =>
        session.FindAsync<ReportChunk>(
            """
            SELECT first_line AS firstline, line_count AS linecount, content
            FROM report_chunk
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND report_id = @Id AND version = @version AND part = @part
              AND first_line > @line - @LinesPerChunk AND first_line <= @line AND first_line + line_count > @line
            """,
            new { row.OwnerId, row.DelegationId, row.Id, version, part, line, LinesPerChunk },
            cancellationToken);

    /// <summary>The lines of a table in their order, read in the transaction of the session.</summary>
    public static async IAsyncEnumerable<ReportLine> ReadLinesAsync(
        this TenantSession session, ReportRow row, int version, string table, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var next = 0L; await session.FindChunkAsync(row, version, table, next, cancellationToken) is { } chunk; next = chunk.NextLine)
            foreach (var line in chunk.Lines)
                yield return line;
    }

    /// <summary>The same, each chunk read in a transaction of its own: a version never changes, and a slow reader holds no connection.</summary>
    public static async IAsyncEnumerable<ReportLine> ReadLinesAsync(
        this TenantSessions sessions, Caller caller, ReportRow row, int version, string table, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var next = 0L; await ChunkAsync(next) is { } chunk; next = chunk.NextLine)
            foreach (var line in chunk.Lines)
                yield return line;

        async Task<ReportChunk?> ChunkAsync(long line)
        {
            await using var session = await sessions.OpenAsync(caller, cancellationToken);
            return await session.FindChunkAsync(row, version, table, line, cancellationToken);
        }
    }
}

/// <summary>Some lines in a row.</summary>
internal sealed record ReportChunk(long FirstLine, int LineCount, byte[] Content)
{
    public long NextLine => FirstLine + LineCount;

    public IEnumerable<ReportLine> Lines => ListReportLinesResponse.Parser.ParseFrom(Content).Lines;

    public IEnumerable<ReportDifference> Differences => ListReportDifferencesResponse.Parser.ParseFrom(Content).Differences;
}
