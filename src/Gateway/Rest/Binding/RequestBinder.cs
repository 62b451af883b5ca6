using System.Collections;
using System.Text.Json;
using Delegation.Gateway.Rest.Json;
using Delegation.Gateway.Rest.Routing;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Delegation.Gateway.Rest.Binding;

/// <summary>
/// Makes the request message of a call from the parts of an HTTP request. A field may be given in two places only with the same value; which of two
/// would win is a question that no caller should have to ask.
/// </summary>
internal sealed class RequestBinder(RestBinding binding, Faults faults)
{
    private readonly HashSet<string> _fromQuery = new(StringComparer.Ordinal);
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    public IMessage Message { get; } = Messages.New(binding.Method.InputType);

    /// <summary>The body first, so that the others can be compared with it.</summary>
    public void Body(JsonElement json)
    {
        var reader = new JsonReader(faults);
        if (binding.BodyField is { } field)
            reader.ReadField(Message, field, json, Place.Request);
        else
            reader.ReadObject(Message, json, Place.Request);
        foreach (var path in FromElsewhere())
            if (GivenIn(json, path))
                _given.Add(path.Name);
    }

    /// <summary>The whole of a small file.</summary>
    public void File(HttpBody file)
    {
        if (binding.BodyField is { } field)
            field.Accessor.SetValue(Message, file);
        else
            Message.MergeFrom(file.ToByteString());
    }

    /// <param name="raw">The text of each variable of the path, as it was sent.</param>
    public void Path(IReadOnlyList<string> raw)
    {
        for (var i = 0; i < raw.Count; i++)
        {
            var (path, variable) = (binding.PathFields[i], binding.Template.Variables[i]);
            if (PathText.Decode(raw[i], variable.SpansSegments) is { } text)
                Set(path, text);
            else
                faults.Outside(path.Name, "PATH_MALFORMED", FaultTexts.BadEscape);
        }
    }

    /// <summary>One parameter of the query, decoded.</summary>
    public void Parameter(string name, string value)
    {
        if (FieldPath.Find(binding.Method.InputType, name.Split('.'), jsonNames: true) is not { } path)
            faults.Outside(name, "PARAMETER_UNKNOWN", FaultTexts.UnknownParameter(name));
        else if (!binding.HasQuery || path.Fields[0] == binding.BodyField)
            faults.Outside(path.Name, "PARAMETER_BELONGS_IN_BODY", FaultTexts.BelongsInBody(name));
        else if (path.Leaf.IsMap || (path.Leaf.FieldType == FieldType.Message && !TextForms.Has(path.Leaf.MessageType)))
            faults.Outside(path.Name, "PARAMETER_NOT_A_VALUE", FaultTexts.NotInQuery(name));
        else if (path.Leaf.IsRepeated)
            Add(path, value);
        else if (!_fromQuery.Add(path.Name))
            faults.Outside(path.Name, "FIELD_TWICE", FaultTexts.Twice(name));
        else
            Set(path, value);
    }

    /// <summary>A field that a header gives.</summary>
    public void Header(FieldDescriptor field, string value) => Set(new FieldPath([field]), value);

    private void Set(FieldPath path, string text)
    {
        if (Value(path, text) is not { } value)
            return;
        var message = path.Fields.SkipLast(1).Aggregate(Message, Messages.Inside);
        var leaf = path.Leaf;
        if (!_given.Add(path.Name))
        {
            if (!value.Equals(Comparable(leaf.Accessor.GetValue(message))))
                faults.Outside(path.Name, "FIELD_CONTRADICTORY", FaultTexts.Contradiction(path.JsonName));
        }
        else if (leaf.RealContainingOneof?.Accessor.GetCaseFieldDescriptor(message) is { } other && other != leaf)
            faults.Outside(path.Name, "ALTERNATIVES", FaultTexts.Alternative(leaf.JsonName, other.JsonName));
        else
        {
            faults.MarkOutside(path.Name);
            leaf.Accessor.SetValue(message, value);
        }
    }

    private void Add(FieldPath path, string text)
    {
        if (Value(path, text) is not { } value)
            return;
        var message = path.Fields.SkipLast(1).Aggregate(Message, Messages.Inside);
        faults.MarkOutside(path.Name);
        ((IList)path.Leaf.Accessor.GetValue(message)).Add(value);
    }

    private object? Value(FieldPath path, string text)
    {
        if (Scalars.FromText(path.Leaf, text) is { } value)
            return value;
        if (path.Leaf.FieldType == FieldType.Enum)
            faults.Outside(path.Name, "ENUM_VALUE_UNKNOWN", FaultTexts.EnumUnknown(text, path.Leaf.EnumType));
        else
            faults.Outside(path.Name, "VALUE_MALFORMED", Expected.Of(path.Leaf));
        return null;
    }

    private IEnumerable<FieldPath> FromElsewhere() =>
    [
        .. binding.PathFields,
        .. new[] { binding.RequestId, binding.RequestEtag }.OfType<FieldDescriptor>().Select(field => new FieldPath([field])),
    ];

    // A value that is the default one cannot be seen in the message.
    private bool GivenIn(JsonElement json, FieldPath path)
    {
        if (!binding.BodyIsRequest)
            return false;
        foreach (var field in path.Fields)
            if (json.ValueKind != JsonValueKind.Object || (!json.TryGetProperty(field.JsonName, out var inner) && !json.TryGetProperty(field.Name, out inner)))
                return false;
            else
                json = inner;
        return json.ValueKind != JsonValueKind.Null;
    }

    // An enum comes out of a message as what it is in C#, and goes in as its number.
    private static object? Comparable(object? value) => value is Enum ? Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) : value;
}
