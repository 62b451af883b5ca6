using System.Text;
using System.Text.Json;
using Delegation.Reporting.Formats;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Reporting.Restitution;

/// <summary>What the archive says of itself, for machines: files with counts, control totals and hashes.</summary>
internal static class DataManifest
{
    private static readonly JsonWriterOptions Options = new() { Indented = true };

    public static string Write(DataSelection selection, IEnumerable<WrittenFile> files)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("delegation_id", selection.Delegation.DelegationId);
            json.WriteString("from_day", DayField.Write(selection.FromDay));
            json.WriteString("to_day", DayField.Write(selection.ToDay));
            json.WriteString("as_of", selection.AsOf);
            json.WriteStartArray("files");
            foreach (var file in files)
            {
                json.WriteStartObject();
                json.WriteString("name", file.File.Name);
                json.WriteString("kind", file.File.Kind);
                json.WriteString("last_import_id", file.LastImportId?.ToString() ?? "");
                json.WriteNumber("lines", file.Totals[0]);
                json.WriteNumber("size_bytes", file.SizeBytes);
                json.WriteString("sha256", file.Sha256);
                json.WriteStartObject("totals");
                foreach (var (place, column) in file.File.Columns.Where(column => column.IsSummed).Index())
                    json.WriteNumber(column.Name, file.Totals[place + 1]);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}

/// <summary>What the columns of the files mean.</summary>
internal static class DataDictionary
{
    public static string Write() => Csv.Line(["file", "column", "unit", "meaning_en", "meaning_fr", "period_day"]) + string.Concat(
        DataFiles.All.SelectMany(file => file.Columns.Select(column => Csv.Line(
        [
            file.Name, column.Name, Unit(column.Unit), column.Meaning.English, column.Meaning.French, column.Name == file.Day ? "yes" : "no",
        ]))));

    private static string Unit(DataUnit unit) => unit switch
    {
        DataUnit.Cents => "EUR cents",
        DataUnit.Day => "YYYY-MM-DD",
        DataUnit.Flag => "true or false",
        _ => unit.ToString().ToLowerInvariant(),
    };
}
