using System.Text.Json;
using System.Text.Unicode;
using Delegation.Gateway.Rest.Binding;

namespace Delegation.Gateway.Rest.Json;

/// <summary>The JSON of a body, or where it stops being JSON.</summary>
internal static class JsonBody
{
    public const int MaxDepth = 64;

    /// <summary>Null, with a fault, when it is no JSON.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body, Faults faults)
    {
        if (body.Span.StartsWith("\uFEFF"u8))
            body = body[3..];
        if (!Utf8.IsValid(body.Span))
        {
            faults.InBody("", "TEXT_MALFORMED", FaultTexts.NotUtf8);
            return null;
        }

        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException malformed)
        {
            if (IsTooDeep(body.Span))
                faults.InBody("", "JSON_TOO_DEEP", FaultTexts.TooDeep(MaxDepth));
            else
                faults.InBody("", "JSON_MALFORMED", FaultTexts.JsonMalformed((malformed.LineNumber ?? 0) + 1, (malformed.BytePositionInLine ?? 0) + 1));
            return null;
        }
    }

    // The exception does not tell the two apart; reading one level further does.
    private static bool IsTooDeep(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        try
        {
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= MaxDepth)
                    return true;
        }
        catch (JsonException)
        {
            // Malformed before it is too deep.
        }

        return false;
    }
}
