using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using EnumDescriptor = Google.Protobuf.Reflection.EnumDescriptor;

namespace Delegation.Gateway.OpenApi;

/// <summary>
/// The schemas of messages and enums as proto3 JSON writes them (https://protobuf.dev/programming-guides/json/), each a component under
/// the name of its context and its own: <c>contracts.Organization</c>.
/// </summary>
/// <param name="comments">What the contract says of them.</param>
/// <param name="requests">The messages that callers send: the others are only read, and an answer has all fields that cannot be absent.</param>
internal sealed partial class Schemas(Comments comments, IEnumerable<MessageDescriptor> requests)
{
    private readonly HashSet<MessageDescriptor> _sent = WithInner(requests);
    private readonly SortedDictionary<string, JsonObject> _components = new(StringComparer.Ordinal);

    /// <summary>All components that were referred to so far.</summary>
    public JsonObject Components() => new(_components.Select(component => KeyValuePair.Create<string, JsonNode?>(component.Key, component.Value.DeepClone())));

    /// <summary>Refers to the schema of a message, or is that schema where JSON has a form of its own for it.</summary>
    public JsonObject Of(MessageDescriptor message) => WellKnown.Of(message) ?? Refer(NameOf(message), () => Describe(message, []));

    /// <summary>The schema of a field of a message, with what the contract says of it.</summary>
    public JsonObject Of(FieldDescriptor field) => With(field, comments.Of(field), field.IsMap
        ? new JsonObject { ["type"] = "object", ["additionalProperties"] = OfValue(field.MessageType.FindFieldByNumber(2)) }
        : field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = OfValue(field) }
        : OfValue(field));

    /// <summary>The schema of a request body: the message without those fields that come from elsewhere.</summary>
    public JsonObject Body(MessageDescriptor message, IReadOnlyCollection<FieldDescriptor> elsewhere)
    {
        var schema = Describe(message, elsewhere);
        var name = $"{RequestEnd().Replace(NameOf(message), "")}Body";
        // Another binding of the same method may take other fields from its path.
        var names = Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{name}.{number}").Prepend(name);
        return Refer(names.First(free => !_components.TryGetValue(free, out var known) || JsonNode.DeepEquals(known, schema)), () => schema);
    }

    /// <summary>Comments say it in the same words everywhere, since protobuf itself cannot.</summary>
    public bool IsRequired(FieldDescriptor field) => comments.Of(field).StartsWith("Required.", StringComparison.Ordinal);

    private JsonObject Describe(MessageDescriptor message, IReadOnlyCollection<FieldDescriptor> left)
    {
        var fields = message.Fields.InDeclarationOrder().Where(field => !left.Contains(field)).ToList();
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["description"] = comments.Of(message),
            ["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create<string, JsonNode?>(field.JsonName, Of(field)))),
        };
        if (fields.Where(field => IsRequired(field) || (!field.HasPresence && !_sent.Contains(message))).Select(field => (JsonNode)field.JsonName).ToArray() is { Length: > 0 } required)
            schema["required"] = new JsonArray(required);
        if (Exclusive(message).ToArray() is { Length: > 0 } pairs)
            schema["not"] = new JsonObject { ["anyOf"] = new JsonArray(pairs) };
        return schema;
    }

    private JsonObject OfValue(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message or FieldType.Group => Of(field.MessageType),
        FieldType.Enum => Of(field.EnumType),
        var type => Scalars.Of(type),
    };

    private JsonObject Of(EnumDescriptor values) => values.FullName == "google.protobuf.NullValue"
        ? new JsonObject { ["type"] = "null" }
        : Refer(NameOf(values), () => new JsonObject
        {
            ["type"] = "string",
            ["description"] = string.Join('\n', [comments.Of(values), "", .. values.Values.Select(value => $"- `{value.Name}`: {comments.Of(value)}")]),
            ["enum"] = new JsonArray([.. values.Values.Select(value => (JsonNode)value.Name)]),
        });

    private JsonObject Refer(string name, Func<JsonObject> describe)
    {
        if (!_components.ContainsKey(name))
        {
            // First the name: a message may contain itself.
            _components[name] = [];
            _components[name] = describe();
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private static HashSet<MessageDescriptor> WithInner(IEnumerable<MessageDescriptor> messages)
    {
        var found = new HashSet<MessageDescriptor>();
        for (var next = messages.ToList(); next.Count > 0;
             next = [.. next.SelectMany(message => message.Fields.InDeclarationOrder()).Where(field => field.FieldType == FieldType.Message).Select(field => field.MessageType)])
            next.RemoveAll(message => !found.Add(message));
        return found;
    }

    // A field of the oneof excludes the others; to leave all out is allowed. Generators of types pass over `not`, validators do not.
    private static IEnumerable<JsonNode> Exclusive(MessageDescriptor message) =>
        from oneof in message.Oneofs
        where !oneof.IsSynthetic
        from pair in oneof.Fields.SelectMany((first, i) => oneof.Fields.Skip(i + 1).Select(second => (first, second)))
        select (JsonNode)new JsonObject { ["required"] = new JsonArray(pair.first.JsonName, pair.second.JsonName) };

    private static JsonObject With(FieldDescriptor field, string description, JsonObject schema)
    {
        if (field.RealContainingOneof is { } oneof)
            description = $"{description}\n\nAt most one of {string.Join(", ", oneof.Fields.Select(each => $"`{each.JsonName}`"))}.".TrimStart();
        if (description.Length > 0)
            schema["description"] = description;
        if (field.GetOptions() is { Deprecated: true })
            schema["deprecated"] = true;
        return schema;
    }

    // delegation.contracts.v1.Organization.Kind is contracts.Organization.Kind here: the version is that of the whole document.
    private static string NameOf(IDescriptor type)
    {
        var package = type.File.Package;
        var context = package.Split('.') is ["delegation", var name, ..] ? name : package;
        return $"{context}.{type.FullName[(package.Length + 1)..]}";
    }

    [GeneratedRegex("Request$", RegexOptions.CultureInvariant)]
    private static partial Regex RequestEnd();
}
