using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Gateway.Rest.Binding;

/// <summary>Messages that have a JSON form of their own, which Google's parser knows best; only its error texts are not for callers.</summary>
internal static class WellKnown
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default);

    private static readonly HashSet<string> OwnForms =
    [
        Timestamp.Descriptor.FullName, Duration.Descriptor.FullName, FieldMask.Descriptor.FullName, Any.Descriptor.FullName,
        Struct.Descriptor.FullName, Value.Descriptor.FullName, ListValue.Descriptor.FullName,
    ];

    public static bool HasOwnForm(MessageDescriptor message) => OwnForms.Contains(message.FullName);

    /// <summary>The message that the JSON stands for, or null.</summary>
    public static IMessage? Parse(MessageDescriptor message, string json)
    {
        try
        {
            return Parser.Parse(json, message);
        }
        catch (Exception malformed) when (malformed is InvalidProtocolBufferException or InvalidJsonException
            or InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }
}
