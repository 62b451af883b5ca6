using System.Collections.Concurrent;
using System.Collections.Frozen;
using Google.Protobuf.Reflection;

namespace Delegation.Gateway.Rest.Routing;

/// <summary>Both names of a field, as proto3 JSON takes them: the JSON name, which wins, and that of the contract.</summary>
internal static class FieldNames
{
    private static readonly ConcurrentDictionary<MessageDescriptor, FrozenDictionary<string, FieldDescriptor>> Known = new();

    public static FieldDescriptor? Find(MessageDescriptor? message, string name) =>
        message is null ? null : Known.GetOrAdd(message, Read).GetValueOrDefault(name);

    private static FrozenDictionary<string, FieldDescriptor> Read(MessageDescriptor message)
    {
        var names = message.Fields.InDeclarationOrder().ToDictionary(field => field.Name, StringComparer.Ordinal);
        foreach (var field in message.Fields.InDeclarationOrder())
            names[field.JsonName] = field;
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
