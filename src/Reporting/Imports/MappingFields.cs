using Delegation.Persistence.Stored;
using Delegation.Reporting.Imports.Kinds;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Reporting.Imports;

/// <summary>Reads a mapping that somebody sets, and tells all that is wrong with it.</summary>
internal static class MappingFields
{
    private const int Longest = 100;

    public static Outcome<ImportMapping> Read(ImportMapping? mapping)
    {
        if (mapping is null)
            return new Outcome<ImportMapping>.Invalid(new FieldViolation(
                "mapping", "MAPPING_REQUIRED", new("The mapping is missing.", "La correspondance manque."), new("Give its name and columns.", "Indiquez son nom et ses colonnes.")));

        var violations = new List<FieldViolation>();
        IdField.ReadOptional("mapping.id", mapping.Id, violations);
        if (!StoredNames.IsKnown(mapping.Kind))
            violations.Add(new("mapping.kind", "KIND_REQUIRED", new("What the lines are is not said.", "La nature des lignes n'est pas indiquée."), new("Choose one as BENEFITS.", "Choisissez-en une, par exemple BENEFITS.")));
        var read = new ImportMapping { Kind = mapping.Kind, Name = TextField.ReadLine("mapping.name", mapping.Name, Longest, violations)?.Normalize() ?? "" };
        var fields = (ImportKinds.Find(mapping.Kind) ?? OperationKind.Kind).Fields;
        for (var place = 0; place < mapping.Columns.Count; place++)
            read.Columns.Add(Column(mapping.Columns[place], fields, $"mapping.columns[{place}].", read.Columns, violations));
        foreach (var missing in fields.Where(field => field.IsRequired && mapping.Columns.All(column => column.Field != field.Name)))
            violations.Add(new("mapping.columns", "COLUMNS_REQUIRED", new($"The field {missing.Name} has no column.", $"Le champ {missing.Name} n'a pas de colonne."),
                new("Name the column that has it.", "Nommez la colonne qui le contient.")));
        for (var place = 0; place < mapping.Values.Count; place++)
            read.Values.Add(Value(mapping.Values[place], fields, $"mapping.values[{place}].", read.Values, violations));

        return violations.Count == 0 ? new Outcome<ImportMapping>.Accepted(read) : new Outcome<ImportMapping>.Invalid(violations);
    }

    private static ColumnMapping Column(ColumnMapping column, IReadOnlyList<ImportField> fields, string path, IReadOnlyList<ColumnMapping> before, List<FieldViolation> violations)
    {
        if (fields.All(field => field.Name != column.Field))
            violations.Add(FieldUnknown(path, fields));
        else if (before.Any(other => other.Field == column.Field))
            violations.Add(new($"{path}field", "FIELD_TWICE", new("The field has another column already.", "Le champ a déjà une autre colonne."), new("Keep one of them.", "N'en conservez qu'une.")));

        var header = TextField.ReadLine($"{path}header", column.Header, Longest, violations) ?? "";
        if (header.Length > 0 && before.Any(other => Folded.Of(other.Header) == Folded.Of(header)))
            violations.Add(new($"{path}header", "HEADER_TWICE", new("Another field has this column already.", "Un autre champ a déjà cette colonne."), new("Keep one of them.", "N'en conservez qu'un.")));
        if (PersonalData.OfHeader(header) is { } kind)
            violations.Add(new($"{path}header", "HEADER_PERSONAL", new($"This header speaks of {kind.Text().English}.", $"Cet en-tête annonce {kind.Text().French}."),
                new("Data of people has no place in an import; choose another column.", "Les données personnelles n'ont pas leur place dans un import ; choisissez une autre colonne.")));

        return new ColumnMapping { Field = column.Field, Header = header };
    }

    private static ValueMapping Value(ValueMapping value, IReadOnlyList<ImportField> fields, string path, IReadOnlyList<ValueMapping> before, List<FieldViolation> violations)
    {
        var codes = fields.FirstOrDefault(field => field.Name == value.Field)?.Codes;
        if (codes is null)
            violations.Add(FieldUnknown(path, fields));
        else if (!codes.ContainsKey(Folded.Of(value.Meaning)))
            violations.Add(new($"{path}meaning", "MEANING_UNKNOWN", new("The field has no such code.", "Le champ n'a pas ce code."),
                new("Choose a code of the platform, as CLAIM_NOEMIE or PROCESSED.", "Choisissez un code de la plateforme, par exemple CLAIM_NOEMIE ou PROCESSED.")));

        var text = TextField.ReadLine($"{path}value", value.Value, Longest, violations) ?? "";
        if (text.Length > 0 && before.Any(other => other.Field == value.Field && Folded.Of(other.Value) == Folded.Of(text)))
            violations.Add(new($"{path}value", "VALUE_TWICE", new("This code stands for something already.", "Ce code a déjà une signification."), new("Keep one of them.", "N'en conservez qu'une.")));

        return new ValueMapping { Field = value.Field, Value = text, Meaning = value.Meaning };
    }

    private static FieldViolation FieldUnknown(string path, IReadOnlyList<ImportField> fields)
    {
        var known = string.Join(", ", fields.Select(field => field.Name));
        return new($"{path}field", "FIELD_UNKNOWN", new("There is no such field, or it has no codes.", "Ce champ n'existe pas, ou n'a pas de codes."), new($"Choose one of {known}.", $"Choisissez l'un de {known}."));
    }
}
