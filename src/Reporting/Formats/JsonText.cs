using System.Text.Encodings.Web;
using System.Text.Json;
using Delegation.Persistence.Stored;
using Delegation.Reporting.Reports;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Formats;

/// <summary>
/// A report as JSON, the one form that is sealed: the same report is the same bytes, always and everywhere. Order and form of all that is here are
/// therefore kept as they are; what is added later comes at the end and only where there is something to say.
/// </summary>
internal static class JsonText
{
    private const int FlushAt = 64 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The parts of the text.</summary>
    public static async IAsyncEnumerable<byte[]> WriteAsync(ReportContent content, Func<string, IAsyncEnumerable<ReportLine>> lines)
    {
        using var bytes = new OutgoingBytes();
        await using var json = new Utf8JsonWriter(bytes, Options);
        json.WriteStartObject();
        Head(json, content);
        json.WriteStartArray("tables");
        foreach (var table in content.Tables)
        {
            json.WriteStartObject();
            Table(json, table);
            json.WriteStartArray("lines");
            await foreach (var line in lines(table.Key))
            {
                json.WriteStartObject();
                json.WriteString("key", line.Key);
                Cells(json, "cells", line.Cells);
                json.WriteEndObject();
                if (json.BytesPending > FlushAt)
                {
                    json.Flush();
                    yield return bytes.Take();
                }
            }

            json.WriteEndArray();
            Cells(json, "totals", table.Totals);
            json.WriteNumber("line_count", table.LineCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Foot(json, content);
        json.WriteEndObject();
        json.Flush();
        yield return bytes.Take();
    }

    private static void Head(Utf8JsonWriter json, ReportContent content)
    {
        json.WriteString("report_id", content.ReportId);
        json.WriteString("delegation_id", content.DelegationId);
        json.WriteString("kind", content.Kind);
        json.WriteString("title", content.Title);
        json.WriteNumber("version", content.Version);
        json.WriteString("period_start_day", content.PeriodStartDay);
        json.WriteString("period_end_day", content.PeriodEndDay);
        json.WriteString("valuation_day", content.ValuationDay);
        json.WriteStartArray("sources");
        foreach (var source in content.Sources)
        {
            json.WriteStartObject();
            json.WriteString("kind", source.Kind.Stored());
            json.WriteString("import_id", source.ImportId);
            json.WriteString("apply_time", source.ApplyTime.ToDateTime());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Table(Utf8JsonWriter json, ReportTable table)
    {
        json.WriteString("key", table.Key);
        json.WriteString("title_en", table.TitleEn);
        json.WriteString("title_fr", table.TitleFr);
        json.WriteString("view", table.View switch { ReportView.Accounting => "accounting", ReportView.Occurrence => "occurrence", _ => "" });
        json.WriteString("note_en", table.NoteEn);
        json.WriteString("note_fr", table.NoteFr);
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("key", column.Key);
            json.WriteString("title_en", column.TitleEn);
            json.WriteString("title_fr", column.TitleFr);
            json.WriteString("type", column.Type.Stored());
            json.WriteString("currency", column.Currency);
            json.WriteBoolean("additive", column.Additive);
            json.WriteString("formula", column.Formula);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Cells(Utf8JsonWriter json, string name, IEnumerable<ReportCell> cells)
    {
        json.WriteStartArray(name);
        foreach (var cell in cells)
            if (cell.HasNumber)
                json.WriteNumberValue(cell.Number);
            else if (cell.HasText)
                json.WriteStringValue(cell.Text);
            else
                json.WriteNullValue();
        json.WriteEndArray();
    }

    private static void Foot(Utf8JsonWriter json, ReportContent content)
    {
        json.WriteStartArray("charts");
        foreach (var chart in content.Charts)
        {
            json.WriteStartObject();
            json.WriteString("title_en", chart.TitleEn);
            json.WriteString("title_fr", chart.TitleFr);
            json.WriteString("kind", chart.Kind.Stored());
            json.WriteString("table_key", chart.TableKey);
            json.WriteString("x_column_key", chart.XColumnKey);
            json.WriteStartArray("series_column_keys");
            foreach (var series in chart.SeriesColumnKeys)
                json.WriteStringValue(series);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("control_totals");
        foreach (var control in content.ControlTotals)
        {
            json.WriteStartObject();
            json.WriteString("key", control.Key);
            json.WriteString("title_en", control.TitleEn);
            json.WriteString("title_fr", control.TitleFr);
            json.WriteString("type", control.Type.Stored());
            json.WriteString("currency", control.Currency);
            json.WriteNumber("number", control.Number);
            json.WriteString("table_key", control.TableKey);
            json.WriteString("column_key", control.ColumnKey);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("line_count", content.Tables.Sum(table => table.LineCount));
    }
}

/// <inheritdoc/>
internal sealed class JsonFormat : IReportFormat
{
    public DownloadReportRequest.Types.Format Format => DownloadReportRequest.Types.Format.Json;

    public string ContentType => "application/json";

    public string Ending => ".json";

    public IAsyncEnumerable<byte[]> WriteAsync(PublishedReport report, string language) => JsonText.WriteAsync(report.Content, report.Lines);
}
