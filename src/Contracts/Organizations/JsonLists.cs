using System.Text.Json;
using Google.Protobuf;

namespace Delegation.Contracts.Organizations;

/// <summary>Lists of the contract's messages as the database keeps them: JSON arrays.</summary>
internal static class JsonLists
{
    public static string ToJson<T>(this IEnumerable<T> items)
        where T : IMessage => $"[{string.Join(',', items.Select(item => JsonFormatter.Default.Format(item)))}]";

    public static IEnumerable<T> FromJson<T>(string json)
        where T : IMessage, new()
    {
        using var list = JsonDocument.Parse(json);
        return [.. list.RootElement.EnumerateArray().Select(item => JsonParser.Default.Parse<T>(item.GetRawText()))];
    }
}
