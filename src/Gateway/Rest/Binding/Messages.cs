using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Delegation.Gateway.Rest.Binding;

/// <summary>Messages by their descriptors: C# has no dynamic ones, but each generated class has a parser that makes it.</summary>
internal static class Messages
{
    public static IMessage New(MessageDescriptor message) => message.Parser.ParseFrom(ByteString.Empty);

    /// <summary>The message that a field has, made now if it has none.</summary>
    public static IMessage Inside(IMessage message, FieldDescriptor field)
    {
        if (field.Accessor.GetValue(message) is IMessage there)
            return there;
        var made = New(field.MessageType);
        field.Accessor.SetValue(message, made);
        return made;
    }
}
