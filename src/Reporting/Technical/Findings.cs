using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Imports;
using Delegation.Reporting.Reports;
using Delegation.Reporting.Rollups;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Reporting.Technical;

/// <summary>Something that was found in lines.</summary>
/// <param name="Kind">Of the imports, as they are stored.</param>
/// <param name="Reason">As imports tell it.</param>
/// <param name="Rejected">Whether these lines do not count.</param>
/// <param name="Lines">How many there are.</param>
internal sealed record Finding(string Kind, string Reason, bool Rejected, long Lines);

/// <summary>
/// What looks wrong in what a report follows from: lines that its imports rejected or took with a warning, as they came, and lines of contracts of which nobody
/// said yet which they are. Imports whose period a later one replaced tell nothing any more.
/// </summary>
internal static class Findings
{
    private const string Doubtful = "CONTRACT_DOUBTFUL";

    private static readonly LocalizedText DoubtfulText = new(
        "The reference is no contract of the insurer, and nobody said which one it means: figures show it as it came.",
        "La référence ne désigne aucun contrat connu de l'assureur et n'a pas encore été rapprochée : les chiffres la présentent telle quelle.");

    public static (ReportTable Table, IReadOnlyList<ReportLine> Lines) Table(IReadOnlyList<Finding> findings)
    {
        var lines = findings.Select(one => new ReportLine
        {
            Key = $"{one.Kind}/{one.Reason}/{(one.Rejected ? "rejected" : "counted")}",
            Cells = { Cell.Of(one.Kind), Cell.Of(one.Reason), Cell.Of(Text(one.Reason, "en")), Cell.Of(Text(one.Reason, "fr")), Cell.Of(one.Rejected ? one.Lines : 0), Cell.Of(one.Rejected ? 0 : one.Lines) },
        }).ToArray();
        var table = new ReportTable
        {
            Key = "findings",
            TitleEn = "What imports of the period found in their lines, as they came",
            TitleFr = "Constats des imports de la période, à réception",
            Columns =
            {
                Column("kind", new("Import", "Import"), ColumnType.Text),
                Column("finding", new("Finding", "Constat"), ColumnType.Text),
                Column("finding_label_en", new("Finding (label)", "Constat (libellé anglais)"), ColumnType.Text),
                Column("finding_label_fr", new("Finding (French label)", "Constat (libellé)"), ColumnType.Text),
                Column("rejected_lines", new("Lines rejected for it", "Lignes rejetées à ce titre"), ColumnType.Count),
                Column("counted_lines", new("Lines that count nevertheless", "Lignes prises en compte"), ColumnType.Count),
            },
            LineCount = lines.Length,
        };
        table.Totals.Add([Cell.None, Cell.None, Cell.None, Cell.None, Cell.Of(findings.Where(one => one.Rejected).Sum(one => one.Lines)), Cell.Of(findings.Where(one => !one.Rejected).Sum(one => one.Lines))]);
        return (table, lines);
    }

    /// <summary>Of the imports of technical figures that tell of a period.</summary>
    public static Task<IReadOnlyList<Finding>> FindingsAsync(
        this TenantSession session, KnownDelegation delegation, ImportsKnown imports, Period period, CancellationToken cancellationToken) =>
        session.QueryAsync<Finding>(
            $"""
            WITH told AS (
                SELECT import_id, kind, rejections, warnings
                FROM import i
                WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND state = 'applied' AND kind = ANY (@Kinds)
                  AND (@AsOf::timestamptz IS NULL OR apply_time <= @AsOf) AND period_start_day <= @End AND period_end_day >= @Start
                  AND NOT EXISTS (
                      SELECT FROM import r
                      WHERE r.owner_id = @OwnerId AND r.delegation_id = @DelegationId AND r.kind = i.kind AND r.state = 'applied' AND r.mode = 'replace' AND r.number > i.number
                        AND r.period_start_day <= i.period_start_day AND r.period_end_day >= i.period_end_day AND (@AsOf::timestamptz IS NULL OR r.apply_time <= @AsOf))),
            doubtful AS MATERIALIZED (
                SELECT reference
                FROM contract_match m
                WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND NOT EXISTS (
                    SELECT FROM contract_meaning d
                    WHERE d.owner_id = @OwnerId AND d.delegation_id = @DelegationId AND d.reference = m.reference AND (@AsOf::timestamptz IS NULL OR d.record_time <= @AsOf)))
            SELECT kind, reason, rejected, sum(lines)::bigint AS lines
            FROM (
                SELECT kind, f ->> 'reason' AS reason, true AS rejected, (f ->> 'lines')::bigint AS lines FROM told CROSS JOIN jsonb_array_elements(rejections) f
                UNION ALL
                SELECT kind, f ->> 'reason', false, (f ->> 'lines')::bigint FROM told CROSS JOIN jsonb_array_elements(warnings) f
                UNION ALL
                {string.Join("\nUNION ALL\n", Rollup.All.Select(DoubtfulOf))}) found
            GROUP BY kind, reason, rejected
            HAVING sum(lines) <> 0
            ORDER BY kind, reason, rejected
            """,
            new
            {
                delegation.OwnerId, delegation.DelegationId, ImportsKnown.Kinds, imports.AsOf, period.Start, period.End, Doubtful, benefits = imports.UpTo(ImportsKnown.Benefits),
                premiums = imports.UpTo(ImportsKnown.Premiums), membership = imports.UpTo(ImportsKnown.Membership),
            },
            cancellationToken);

    // Few references are doubtful, mostly none: then no cell is read.
    private static string DoubtfulOf(Rollup rollup) =>
        $"""
        SELECT '{rollup.Kind}', @Doubtful, false, lines
        FROM {rollup.Cells} JOIN doubtful ON reference = contract_reference
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND theme = '{rollup.ThemeOf(["contract_reference"], byOccurrence: false, ofYears: false)!.Name}'
          AND accounting_month BETWEEN @Start AND @End AND import_number <= @{rollup.Kind}
        """;

    private static string Text(string reason, string language) => reason == Doubtful ? DoubtfulText.In(language) : LineReasons.Text(reason, language);

    private static ReportColumn Column(string key, LocalizedText title, ColumnType type) => new() { Key = key, TitleEn = title.English, TitleFr = title.French, Type = type, Additive = type == ColumnType.Count };
}
