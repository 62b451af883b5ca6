using Google.Protobuf.Reflection;

namespace Delegation.Gateway.Rest.Routing;

/// <summary>The way from a message to one of its fields, through messages that are not repeated.</summary>
/// <param name="Fields">From the outermost to the field itself; never empty.</param>
internal sealed record FieldPath(IReadOnlyList<FieldDescriptor> Fields)
{
    /// <summary>The field itself.</summary>
    public FieldDescriptor Leaf => Fields[^1];

    /// <summary>As the contract writes it: <c>book.display_name</c>.</summary>
    public string Name => string.Join('.', Fields.Select(each => each.Name));

    /// <summary>As JSON writes it: <c>book.displayName</c>.</summary>
    public string JsonName => string.Join('.', Fields.Select(each => each.JsonName));

    /// <summary>The path of these names, or null where one is not there or lies behind a repeated field.</summary>
    /// <param name="message">Where it starts.</param>
    /// <param name="names">The names of fields, outermost first.</param>
    /// <param name="jsonNames">Takes lowerCamelCase names too.</param>
    public static FieldPath? Find(MessageDescriptor message, IReadOnlyList<string> names, bool jsonNames)
    {
        var fields = new FieldDescriptor[names.Count];
        MessageDescriptor? current = message;
        for (var i = 0; i < names.Count; i++)
        {
            var field = jsonNames ? FieldNames.Find(current, names[i]) : current?.FindFieldByName(names[i]);
            if (field is null)
                return null;
            fields[i] = field;
            current = field is { FieldType: FieldType.Message, IsRepeated: false } && !TextForms.Has(field.MessageType) ? field.MessageType : null;
        }

        return new FieldPath(fields);
    }
}
