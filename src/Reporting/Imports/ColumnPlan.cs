using Delegation.Reporting.Imports.Kinds;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Reporting.Imports;

/// <summary>Which column of a file has which field, and what its codes stand for.</summary>
/// <param name="Headers">All headers of the file.</param>
/// <param name="Columns">For each field of the kind, the column that has it; -1 where none has.</param>
/// <param name="Codes">For each field of the kind, what its codes stand for; null where it has none.</param>
/// <param name="Unknown">Headers of which nothing is kept.</param>
internal sealed record ColumnPlan(IReadOnlyList<string> Headers, IReadOnlyList<int> Columns, IReadOnlyList<IReadOnlyDictionary<string, string>?> Codes, IReadOnlyList<string> Unknown)
{
    private const int MostColumns = 200;

    /// <summary>Reads the header of a file.</summary>
    /// <param name="header">Its first line.</param>
    /// <param name="fields">Of the kind of the import.</param>
    /// <param name="mapping">What the delegate says its columns mean; null for the platform's own names.</param>
    /// <param name="violations">Gets what is wrong with it, with the columns named.</param>
    public static ColumnPlan? Read(string[]? header, IReadOnlyList<ImportField> fields, ImportMapping? mapping, ICollection<FieldViolation> violations)
    {
        if (header is null || Array.TrueForAll(header, string.IsNullOrWhiteSpace))
        {
            violations.Add(FileFault.HeaderMissing);
            return null;
        }

        if (header.Length > MostColumns)
        {
            violations.Add(FileFault.ColumnsTooMany(MostColumns));
            return null;
        }

        var before = violations.Count;
        var headers = header.Select(cell => cell.Trim()).ToArray();
        foreach (var name in headers)
            if (PersonalData.OfHeader(name) is { } kind)
                violations.Add(FileFault.ColumnPersonal(name, kind));

        var folded = headers.Select(Folded.Of).ToArray();
        var columns = fields.Select(field => ColumnOf(field, headers, folded, mapping, violations)).ToArray();
        var unknown = headers.Where((name, place) => name.Length > 0 && !columns.Contains(place)).ToArray();
        return violations.Count == before ? new ColumnPlan(headers, columns, [.. fields.Select(field => CodesOf(field, mapping))], unknown) : null;
    }

    /// <summary>The cells of a line that the mapping names, in the order of the fields; empty where the file has no such column.</summary>
    public string[] Mapped(CsvReader record) => [.. Columns.Select(column => column >= 0 && column < record.Count ? System.Text.Encoding.UTF8.GetString(record[column]) : "")];

    private static int ColumnOf(ImportField field, string[] headers, string[] folded, ImportMapping? mapping, ICollection<FieldViolation> violations)
    {
        var named = mapping?.Columns.FirstOrDefault(column => column.Field == field.Name)?.Header;
        if (mapping is not null && named is null)
            return -1;

        string[] wanted = named is null ? field.Headers : [Folded.Of(named)];
        var found = Enumerable.Range(0, folded.Length).Where(place => wanted.Contains(folded[place])).ToArray();
        if (found.Length > 1)
            violations.Add(FileFault.HeaderTwice(headers[found[1]]));
        else if (found.Length == 0 && (named is not null || field.IsRequired))
            violations.Add(FileFault.ColumnMissing(field.Name, string.Join(", ", (named is null ? field.Headers : [named]).Select(name => $"\"{name}\""))));

        return found.Length == 0 ? -1 : found[0];
    }

    private static Dictionary<string, string>? CodesOf(ImportField field, ImportMapping? mapping)
    {
        if (field.Codes is null)
            return null;

        var codes = field.Codes.ToDictionary();
        foreach (var value in mapping?.Values.Where(value => value.Field == field.Name) ?? [])
            codes[Folded.Of(value.Value)] = field.Codes[Folded.Of(value.Meaning)];
        return codes;
    }
}
