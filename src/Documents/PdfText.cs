using System.Globalization;
using System.Text;

namespace Delegation.Documents;

/// <summary>Texts as PDF writes them.</summary>
internal static class PdfText
{
    /// <summary>A text string that people read, such as a title: UTF-16 in hexadecimal digits.</summary>
    public static string Readable(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    public static string Instant(DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"(D:{time.UtcDateTime:yyyyMMddHHmmss}Z)");

    /// <summary>Bytes between parentheses, where a few of them are escaped.</summary>
    public static void WriteString(List<byte> content, ReadOnlySpan<byte> bytes)
    {
        content.Add((byte)'(');
        foreach (var value in bytes)
        {
            if (value is (byte)'(' or (byte)')' or (byte)'\\' or (byte)'\r')
                content.Add((byte)'\\');
            content.Add(value == '\r' ? (byte)'r' : value);
        }

        content.Add((byte)')');
    }
}
