using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Resolution = Delegation.Reporting.V1.ReportDispute.Types.Resolution;

namespace Delegation.Reporting.Reports;

/// <summary>A figure of which the insurer finds another value, read from the request.</summary>
internal sealed record DisputedFigure(string TableKey, string LineKey, string ColumnKey, long Claimed, string Reason)
{
    private const int LongestKey = 200;
    private const int LongestReason = 2000;

    public static DisputedFigure? Read(DisputeReportRequest request, ICollection<FieldViolation> violations)
    {
        var table = TextField.ReadLine("table_key", request.TableKey, LongestKey, violations);
        var line = TextField.ReadText("line_key", request.LineKey, LongestKey, violations);
        var column = TextField.ReadLine("column_key", request.ColumnKey, LongestKey, violations);
        var reason = TextField.ReadRequiredText("reason", request.Reason, LongestReason, violations);
        return table is null || line is null || column is null || reason is null ? null : new DisputedFigure(table, line, column, request.ClaimedNumber, reason);
    }

    public static void NeedsAResolution(Resolution resolution, ICollection<FieldViolation> violations)
    {
        var remedy = new LocalizedText(
            "Choose PUBLISHED_STANDS, CLAIMED_HOLDS or BOTH_KEPT.",
            "Choisissez PUBLISHED_STANDS (chiffre publié maintenu), CLAIMED_HOLDS (chiffre contesté retenu) ou BOTH_KEPT (deux valeurs conservées).");
        if (resolution == Resolution.Unspecified)
            violations.Add(new FieldViolation("resolution", "RESOLUTION_REQUIRED", new("What should become of it is missing.", "La suite à donner n'est pas indiquée."), remedy));
        else if (!StoredNames.IsKnown(resolution))
            violations.Add(new FieldViolation("resolution", "RESOLUTION_UNKNOWN", new("This resolution is not known.", "Cette suite n'est pas connue."), remedy));
    }

    public bool Is(DisputeRow dispute) => dispute.TableKey == TableKey && dispute.LineKey == LineKey && dispute.ColumnKey == ColumnKey;

    /// <summary>The published value, or all that the request names and the report has not.</summary>
    public async Task<Outcome<ReportCell>> FindAsync(TenantSession session, ReportRow row, CancellationToken cancellationToken)
    {
        var content = (await session.FindContentAsync(row, row.Version, cancellationToken))!;
        if (content.Tables.FirstOrDefault(table => table.Key == TableKey) is not { } table)
            return Unknown("table_key", "TABLE_KEY_UNKNOWN");
        var place = table.Place(ColumnKey);
        if (place < 0)
            return Unknown("column_key", "COLUMN_KEY_UNKNOWN");
        if (table.Columns[place].Type is ColumnType.Text or ColumnType.Day)
            return Wrong("column_key", "COLUMN_KEY_NOT_A_NUMBER", new("This column holds no numbers.", "Cette colonne ne contient pas de nombres."));

        var cells = LineKey.Length > 0
            ? (await session.ReadLinesAsync(row, row.Version, TableKey, cancellationToken).FirstOrDefaultAsync(line => line.Key == LineKey, cancellationToken))?.Cells
            : table.Totals.Count > 0 ? table.Totals : null;
        if (cells is null)
            return Unknown("line_key", "LINE_KEY_UNKNOWN");

        return cells[place].HasNumber && cells[place].Number == Claimed
            ? Wrong("claimed_number", "CLAIMED_NUMBER_SAME", new("This is the published value.", "C'est la valeur publiée."))
            : new Outcome<ReportCell>.Accepted(cells[place]);
    }

    private static Outcome<ReportCell> Unknown(string field, string reason) =>
        Wrong(field, reason, new("The latest version of the report has nothing of this key.", "La dernière version du reporting ne comporte rien de cette clé."));

    private static Outcome<ReportCell> Wrong(string field, string reason, LocalizedText text) => new Outcome<ReportCell>.Invalid(new FieldViolation(
        field, reason, text, new("Take table, line and column as the report has them.", "Reprenez le tableau, la ligne et la colonne tels que le reporting les indique.")));
}
