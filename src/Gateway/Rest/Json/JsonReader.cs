using System.Collections;
using System.Text.Json;
using Delegation.Gateway.Rest.Binding;
using Delegation.Gateway.Rest.Routing;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Delegation.Gateway.Rest.Json;

/// <summary>
/// Fills a message from JSON by the proto3 mapping: both names of a field, no unknown ones. Google's own parser stops at the first fault and says
/// in its words what it is; this one names every field with what it takes.
/// </summary>
internal sealed class JsonReader(Faults faults)
{
    private const string NullValueName = "google.protobuf.NullValue";

    /// <summary>Sets the fields that an object has.</summary>
    public void ReadObject(IMessage message, JsonElement json, Place place)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.InBody($"{place}", "VALUE_MALFORMED", Expected.Map);
            return;
        }

        HashSet<FieldDescriptor>? seen = null;
        foreach (var property in json.EnumerateObject())
        {
            if (Text(() => property.Name) is not { } name)
                faults.InBody($"{place}", "TEXT_MALFORMED", FaultTexts.NotUtf8);
            else if (FieldNames.Find(message.Descriptor, name) is not { } field)
                faults.InBody($"{place.Field(name)}", "FIELD_UNKNOWN", FaultTexts.Unknown(name));
            else if (!(seen ??= []).Add(field))
                faults.InBody($"{place.Field(field.Name)}", "FIELD_TWICE", FaultTexts.Twice(name));
            else
                ReadField(message, field, property.Value, place);
        }
    }

    /// <summary>Sets one field of a message; a null sets nothing.</summary>
    public void ReadField(IMessage message, FieldDescriptor field, JsonElement json, Place place)
    {
        var here = place.Field(field.Name);
        if (json.ValueKind == JsonValueKind.Null && (field.IsRepeated || !TakesNull(field)))
            return;
        if (field.RealContainingOneof?.Accessor.GetCaseFieldDescriptor(message) is { } other)
            faults.InBody($"{here}", "ALTERNATIVES", FaultTexts.Alternative(field.JsonName, other.JsonName));
        else if (field.IsMap)
            ReadMap((IDictionary)field.Accessor.GetValue(message), field, json, here);
        else if (field.IsRepeated)
            ReadList((IList)field.Accessor.GetValue(message), field, json, here);
        else if (field.FieldType == FieldType.Message && !TextForms.IsWrapper(field.MessageType) && !WellKnown.HasOwnForm(field.MessageType))
            ReadObject(Messages.Inside(message, field), json, here);
        else if (Value(field, json, here) is { } value)
            field.Accessor.SetValue(message, value);
    }

    private void ReadList(IList list, FieldDescriptor field, JsonElement json, Place place)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            faults.InBody($"{place}", "VALUE_MALFORMED", Expected.List);
            return;
        }

        var index = 0;
        foreach (var element in json.EnumerateArray())
            if (Value(field, element, Place.Element(place, index++)) is { } value)
                list.Add(value);
    }

    private void ReadMap(IDictionary map, FieldDescriptor field, JsonElement json, Place place)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.InBody($"{place}", "VALUE_MALFORMED", Expected.Map);
            return;
        }

        var (keys, values) = (field.MessageType.FindFieldByNumber(1), field.MessageType.FindFieldByNumber(2));
        foreach (var property in json.EnumerateObject())
        {
            var name = Text(() => property.Name);
            var here = Place.Entry(place, name ?? "");
            if (name is null || Scalars.FromText(keys, name) is not { } key)
                faults.InBody($"{here}", "VALUE_MALFORMED", name is null ? FaultTexts.NotUtf8 : Expected.Of(keys));
            else if (map.Contains(key))
                faults.InBody($"{here}", "FIELD_TWICE", FaultTexts.Twice(name));
            else if (Value(values, property.Value, here) is { } value)
                map.Add(key, value);
        }
    }

    // A single value, an element of a list or the value of a map's entry; null when a fault was found.
    private object? Value(FieldDescriptor field, JsonElement json, Place place)
    {
        if (json.ValueKind == JsonValueKind.Null && !TakesNull(field))
        {
            faults.InBody($"{place}", "NULL_INSIDE", FaultTexts.NullInside);
            return null;
        }

        if (json.ValueKind == JsonValueKind.String && Text(() => json.GetString()) is null)
        {
            faults.InBody($"{place}", "TEXT_MALFORMED", FaultTexts.NotUtf8);
            return null;
        }

        if (field.FieldType == FieldType.Message && !TextForms.IsWrapper(field.MessageType))
        {
            if (!WellKnown.HasOwnForm(field.MessageType))
            {
                var message = Messages.New(field.MessageType);
                ReadObject(message, json, place);
                return message;
            }

            if (WellKnown.Parse(field.MessageType, json.GetRawText()) is { } known)
                return known;
        }
        else if (field.FieldType == FieldType.Enum && field.EnumType.FullName == NullValueName && json.ValueKind == JsonValueKind.Null)
            return 0;
        else if (Scalars.FromJson(field.FieldType == FieldType.Message ? field.MessageType.FindFieldByNumber(1) : field, json) is { } value)
            return value;

        if (field.FieldType == FieldType.Enum && json.ValueKind == JsonValueKind.String)
            faults.InBody($"{place}", "ENUM_VALUE_UNKNOWN", FaultTexts.EnumUnknown(json.GetString()!, field.EnumType));
        else
            faults.InBody($"{place}", "VALUE_MALFORMED", Expected.Of(field));
        return null;
    }

    private static bool TakesNull(FieldDescriptor field) =>
        (field.FieldType == FieldType.Message && field.MessageType.FullName == Google.Protobuf.WellKnownTypes.Value.Descriptor.FullName)
        || (field.FieldType == FieldType.Enum && field.EnumType.FullName == NullValueName);

    // The text of an escape such as \ud800 alone is none.
    private static string? Text(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
