using System.Text.Json;

namespace Delegation.Watch.Feeds;

/// <summary>JSON Feed 1.0 and 1.1: https://www.jsonfeed.org/version/1.1/.</summary>
internal static class JsonFeed
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    /// <summary>The title and the entries; null for what is no such feed.</summary>
    public static (string Title, IReadOnlyList<EntryParts> Entries)? Read(string text, Uri address)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
                return null;

            var from = Uri.TryCreate(address, Text(root, "home_page_url"), out var site) ? site : address;
            return (Text(root, "title"), [.. items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => Entry(item, from))]);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static EntryParts Entry(JsonElement item, Uri from) => new(
        Text(item, "id"),
        System.Net.WebUtility.HtmlEncode(Text(item, "title")),
        Text(item, "summary") is { Length: > 0 } summary ? System.Net.WebUtility.HtmlEncode(summary)
            : Text(item, "content_text") is { Length: > 0 } plain ? System.Net.WebUtility.HtmlEncode(plain)
            : Text(item, "content_html"),
        Text(item, "url") is { Length: > 0 } url ? url : Text(item, "external_url"),
        from,
        Text(item, "date_published") is { Length: > 0 } published ? published : Text(item, "date_modified"));

    // An id may be a number, in spite of the standard.
    private static string Text(JsonElement element, string name) => !element.TryGetProperty(name, out var value) ? ""
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : "";
}
