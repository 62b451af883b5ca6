using System.Text;
using System.Text.RegularExpressions;

namespace Delegation.Watch.Feeds;

/// <summary>
/// The characters of a feed. A byte order mark says best which they are, then the header, then the declaration of XML (https://www.rfc-editor.org/rfc/rfc7303);
/// who says UTF-8 and sends something else means Windows-1252, which is what servers here send.
/// </summary>
internal static partial class FeedText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static FeedText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static string Decode(byte[] bytes, string? charset)
    {
        if (bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble))
            return Lenient(bytes.AsSpan(3));
        if (bytes.AsSpan().StartsWith(Encoding.Unicode.Preamble))
            return Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2);
        if (bytes.AsSpan().StartsWith(Encoding.BigEndianUnicode.Preamble))
            return Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2);

        var named = Named(charset) ?? Named(Declaration().Match(Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 200))).Groups["name"].Value);
        return named is null or UTF8Encoding ? Lenient(bytes) : named.GetString(bytes);
    }

    private static string Lenient(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding(1252).GetString(bytes);
        }
    }

    // ISO 8859-1 is read as Windows-1252, as all browsers do: https://encoding.spec.whatwg.org/#names-and-labels.
    private static Encoding? Named(string? name)
    {
        try
        {
            return string.IsNullOrWhiteSpace(name) ? null
                : name.ToLowerInvariant() is "iso-8859-1" or "latin1" or "us-ascii" or "ascii" ? Encoding.GetEncoding(1252)
                : Encoding.GetEncoding(name);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    [GeneratedRegex("""^\s*<\?xml[^>]*\bencoding\s*=\s*["'](?<name>[A-Za-z0-9._\-]+)["']""")]
    private static partial Regex Declaration();
}
