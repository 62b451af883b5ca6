using Delegation.ServiceDefaults.Errors;
using Delegation.Gateway.Rest.Routing;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Gateway.Rest.Binding;

/// <summary>Says what a field takes, to somebody who sent something else.</summary>
internal static class Expected
{
    private static readonly Dictionary<string, LocalizedText> Forms = new()
    {
        [Timestamp.Descriptor.FullName] = Text(
            "an instant as in \"2026-01-31T09:30:00Z\"", "un instant comme dans \"2026-01-31T09:30:00Z\""),
        [Duration.Descriptor.FullName] = Text("a duration in seconds as in \"1.5s\"", "une durée en secondes comme dans \"1.5s\""),
        [FieldMask.Descriptor.FullName] = Text("a list of field names as in \"legalName,siren\"", "une liste de champs comme dans \"legalName,siren\""),
        [Struct.Descriptor.FullName] = Text("a JSON object", "un objet JSON"),
        [ListValue.Descriptor.FullName] = Text("a JSON array", "un tableau JSON"),
        [Value.Descriptor.FullName] = Text("a JSON value", "une valeur JSON"),
        [Any.Descriptor.FullName] = Text("a JSON object with a known \"@type\"", "un objet JSON avec un \"@type\" connu"),
    };

    public static LocalizedText List { get; } = Sentence(Text("a JSON array", "un tableau JSON"));

    public static LocalizedText Map { get; } = Sentence(Text("a JSON object", "un objet JSON"));

    public static LocalizedText Of(FieldDescriptor field) => Sentence(Form(field));

    private static LocalizedText Form(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => Text("a text", "un texte"),
        FieldType.Bool => Text("true or false", "true ou false"),
        FieldType.Bytes => Text("bytes in base64", "des octets en base64"),
        FieldType.Enum => Text($"one of {Names(field)}", $"une valeur parmi {Names(field)}"),
        FieldType.Double or FieldType.Float => Text("a number", "un nombre"),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => Whole(int.MinValue, int.MaxValue),
        FieldType.UInt32 or FieldType.Fixed32 => Whole(0, uint.MaxValue),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Whole(long.MinValue, long.MaxValue),
        FieldType.UInt64 or FieldType.Fixed64 => Whole(0, ulong.MaxValue),
        FieldType.Message when TextForms.IsWrapper(field.MessageType) => Form(field.MessageType.FindFieldByNumber(1)),
        FieldType.Message when Forms.TryGetValue(field.MessageType.FullName, out var form) => form,
        _ => Text("a JSON object", "un objet JSON"),
    };

    private static string Names(FieldDescriptor field) => string.Join(", ", field.EnumType.Values.Select(value => value.Name).Take(30));

    private static LocalizedText Whole(Int128 least, Int128 most) =>
        Text($"a whole number from {least} to {most}", $"un nombre entier de {least} à {most}");

    private static LocalizedText Text(string english, string french) => new(english, french);

    private static LocalizedText Sentence(LocalizedText form) => new($"This must be {form.English}.", $"Il faut ici {form.French}.");
}
