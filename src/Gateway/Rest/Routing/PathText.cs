using System.Buffers;
using System.Text;

namespace Delegation.Gateway.Rest.Routing;

/// <summary>
/// Percent-decoding, by ourselves: what the web server has decoded no longer tells <c>a%2Fb</c> from <c>a/b</c>.
/// https://www.rfc-editor.org/rfc/rfc3986#section-2.1
/// </summary>
internal static class PathText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // https://www.rfc-editor.org/rfc/rfc6570#section-1.5
    private static readonly SearchValues<byte> Reserved = SearchValues.Create("!#$&'()*+,/:;=?@[]"u8);

    /// <summary>The text, or null when it has an incomplete escape or is no UTF-8.</summary>
    /// <param name="raw">As it was sent.</param>
    /// <param name="keepReserved">Leaves the escapes of reserved characters as they are: the rule for variables of several segments.</param>
    /// <param name="plusIsSpace">The rule of query strings.</param>
    public static string? Decode(string raw, bool keepReserved, bool plusIsSpace = false)
    {
        if (!raw.AsSpan().ContainsAny('%', '+') && Ascii.IsValid(raw))
            return raw;

        var bytes = new byte[raw.Length];
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            var character = raw[i];
            if (character > 0x7f)
                return null;
            if (character != '%')
            {
                bytes[length++] = plusIsSpace && character == '+' ? (byte)' ' : (byte)character;
                continue;
            }

            if (i + 2 >= raw.Length || !char.IsAsciiHexDigit(raw[i + 1]) || !char.IsAsciiHexDigit(raw[i + 2]))
                return null;
            var value = Convert.ToByte(raw.Substring(i + 1, 2), 16);
            if (keepReserved && Reserved.Contains(value))
                bytes[length++] = (byte)'%';
            else
            {
                bytes[length++] = value;
                i += 2;
            }
        }

        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
