using System.Text.Json;
using Google.Protobuf;

namespace Delegation.Watch;

/// <summary>
/// Messages as the database keeps documents: JSON by the rules of proto3. A field that a newer release wrote is passed over: while a release
/// takes over from another, both read what either wrote.
/// </summary>
internal static class ProtoJson
{
    private static readonly JsonParser Tolerant = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>A message as a JSON object.</summary>
    public static string Write(IMessage message) => JsonFormatter.Default.Format(message);

    /// <summary>A list of messages as a JSON array.</summary>
    public static string WriteList(IEnumerable<IMessage> messages) => $"[{string.Join(',', messages.Select(Write))}]";

    /// <summary>One message; null for null.</summary>
    public static T? Read<T>(string? json)
        where T : class, IMessage<T>, new() => json is null ? null : Tolerant.Parse<T>(json);

    /// <summary>The messages of a JSON array.</summary>
    public static IReadOnlyList<T> ReadList<T>(string json)
        where T : class, IMessage<T>, new()
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(element => Read<T>(element.GetRawText())!)];
    }
}
