using Delegation.Persistence.Stored;
using Kind = Delegation.Reporting.V1.Import.Types.Kind;

namespace Delegation.Reporting.Imports.Kinds;

/// <summary>A kind of import: all that distinguishes it from the others.</summary>
/// <param name="Value">As the contract names it.</param>
/// <param name="Table">Where its lines go.</param>
/// <param name="Fields">What a line has, in the order of the cells of a mapped line.</param>
/// <param name="Rule">What the values of one line have to do with each other and with the period.</param>
internal sealed record ImportKind(Kind Value, string Table, IReadOnlyList<ImportField> Fields, Action<ReadLine, Period> Rule)
{
    /// <summary>The fields that name a line, where it has no reference of its own: they make it.</summary>
    public IReadOnlyList<ImportField> Key { get; init; } = [];

    /// <summary>The day or month by which a line belongs to a period; null for operations, which have several.</summary>
    public ImportField? PeriodField { get; init; }

    /// <summary>What looks wrong in lines beside others that count: statements that add to the warnings of lines of <c>incoming</c>.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>As it is stored.</summary>
    public string Name { get; } = Value.Stored();

    /// <summary>Its fields of money, of which totals are kept.</summary>
    public IReadOnlyList<int> Money { get; } = [.. Enumerable.Range(0, Fields.Count).Where(place => Fields[place].Type == FieldType.Money)];

    /// <summary>All columns in which a line tells something, with their types: the reference first.</summary>
    public IReadOnlyList<(string Name, string Type)> Columns { get; } =
        [("reference", "text COLLATE \"C\""), .. Reserved(Value), .. Fields.Where(field => field.Name != "reference").SelectMany(ColumnsOf)];

    /// <summary>The columns that are compared with what was told before, with a prefix each, as a list for statements.</summary>
    public string Told(string prefix) => string.Join(", ", Columns.Skip(HasIds ? 2 : 1).Select(column => prefix + column.Name));

    /// <summary>What was read of a line, written as a file has it: an expression for each cell, in the order of the fields.</summary>
    public string Cells { get; } = string.Join(", ", Fields.Select(CellOf));

    /// <summary>Whether what its lines tell of has an id, for which each line brings one.</summary>
    public bool HasIds => Value == Kind.Operations;

    /// <summary>The place of the reference among the fields; -1 where lines have none of their own.</summary>
    public int Reference { get; } = Fields[0].Name == "reference" ? 0 : -1;

    /// <summary>The place of a field of it.</summary>
    public int PlaceOf(ImportField field) => Fields.Index().First(pair => pair.Item.Name == field.Name).Index;

    /// <summary>The place of the field of a column.</summary>
    public int PlaceOfColumn(string column) => Fields.Index().First(pair => pair.Item.Column == column).Index;

    /// <summary>The field that a reason about the reference names.</summary>
    public string ReferenceField => Reference < 0 ? "line" : "reference";

    /// <summary>The first day of the period of an import, for lines that have a month that of the month.</summary>
    public DateOnly FirstDay(Period period) => PeriodField?.Type == FieldType.Month ? new DateOnly(period.Start.Year, period.Start.Month, 1) : period.Start;

    private static string CellOf(ImportField field) => field.Type switch
    {
        FieldType.YesNo => $"CASE {field.Column} WHEN true THEN 'yes' WHEN false THEN 'no' ELSE '' END",
        FieldType.Money => $"coalesce(({field.Column} / 100.0)::numeric(20, 2)::text, '')",
        FieldType.DayAndTime => $"coalesce(to_char({field.TimeColumn} AT TIME ZONE 'Europe/Paris', 'YYYY-MM-DD HH24:MI:SS'), {field.Column}::text, '')",
        _ => $"coalesce({field.Column}::text, '')",
    };

    private static IEnumerable<(string, string)> Reserved(Kind value) => value == Kind.Operations ? [("operation_id", "uuid")] : [];

    private static IEnumerable<(string, string)> ColumnsOf(ImportField field) => field.Type switch
    {
        FieldType.Text or FieldType.Code => [(field.Column, "text COLLATE \"C\"")],
        FieldType.YesNo => [(field.Column, "boolean")],
        FieldType.Day or FieldType.Month => [(field.Column, "date")],
        FieldType.DayAndTime => [(field.Column, "date"), (field.TimeColumn, "timestamptz")],
        FieldType.Number => [(field.Column, "double precision")],
        _ => [(field.Column, field.Type == FieldType.Money || field.IsLarge ? "bigint" : "integer")],
    };
}
