using Delegation.Persistence.Paging;
using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Format = Delegation.Reporting.V1.DownloadReportRequest.Types.Format;

namespace Delegation.Reporting.Reports;

/// <summary>Pages of what a version says. A version never changes, so a page begins after a number of lines; it reads two chunks at most.</summary>
internal static class VersionPages
{
    public static Outcome<ReportContent> VersionNotFound { get; } = new Outcome<ReportContent>.NotFound(
        "REPORT_VERSION_NOT_FOUND", new("There is no such version of the report.", "Ce reporting n'a pas cette version."));

    public static async Task<(IReadOnlyList<T> Lines, string Next)> ReadAsync<T>(
        TenantSession session, ReportRow row, int version, string part, long count, PageRequest page, Func<ReportChunk, IEnumerable<T>> read, CancellationToken cancellationToken)
    {
        var (from, lines) = (page.After?.Time.Ticks ?? 0, new List<T>());
        while (lines.Count < page.Size && await session.FindChunkAsync(row, version, part, from + lines.Count, cancellationToken) is { } chunk)
            lines.AddRange(read(chunk).Skip((int)(from + lines.Count - chunk.FirstLine)).Take(page.Size - lines.Count));

        var next = from + lines.Count;
        return (lines, next < count && lines.Count > 0 ? new PageKey(new DateTime(next, DateTimeKind.Utc), Guid.Empty).ToToken() : "");
    }

    /// <summary>The table of a key.</summary>
    public static Outcome<ReportTable> Find(ReportContent content, string key) => content.Tables.FirstOrDefault(table => table.Key == key) is { } table
        ? new Outcome<ReportTable>.Accepted(table)
        : new Outcome<ReportTable>.Invalid(new FieldViolation(
            "table_key", "TABLE_KEY_UNKNOWN", new("This version has no such table.", "Cette version ne comporte pas ce tableau."),
            new("Take one of the tables of its content.", "Choisissez l'un des tableaux de son contenu.")));

    public static void NeedsAFormat(Format format, ICollection<FieldViolation> violations)
    {
        var remedy = new LocalizedText("Choose JSON, CSV, XLSX or PDF.", "Choisissez JSON, CSV, XLSX ou PDF.");
        if (format == Format.Unspecified)
            violations.Add(new FieldViolation("format", "FORMAT_REQUIRED", new("The format is missing.", "Le format n'est pas indiqué."), remedy));
        else if (!StoredNames.IsKnown(format))
            violations.Add(new FieldViolation("format", "FORMAT_UNKNOWN", new("This format is not known.", "Ce format n'est pas connu."), remedy));
    }
}
