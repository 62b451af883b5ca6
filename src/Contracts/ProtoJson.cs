using System.Text.Json;
using Google.Protobuf;

namespace Delegation.Contracts;

/// <summary>Lists of messages as the database keeps documents: JSON by the rules of proto3.</summary>
internal static class ProtoJson
{
    public static string Write(IEnumerable<IMessage> messages) => $"[{string.Join(',', messages.Select(message => JsonFormatter.Default.Format(message)))}]";

    public static IReadOnlyList<T> Read<T>(string json)
        where T : IMessage<T>, new()
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(element => JsonParser.Default.Parse<T>(element.GetRawText()))];
    }
}
