using System.Globalization;
using System.Text;

namespace Delegation.Documents;

/// <summary>A page while it is drawn: https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf, 8 and 9.</summary>
internal sealed class Sheet(IReadOnlyDictionary<TrueTypeFont, PdfFont> fonts)
{
    /// <summary>A4 in points, and what of it text may fill.</summary>
    public const double PageWidth = 595.28, PageHeight = 841.89, Left = 62, Top = 72, Width = PageWidth - (2 * Left), Height = PageHeight - Top - 74;

    private readonly List<byte> _content = [];

    /// <summary>What was drawn.</summary>
    public byte[] Content => [.. _content];

    /// <summary>The headings on it, for bookmarks.</summary>
    public List<Heading> Headings { get; } = [];

    /// <summary>Writes a line.</summary>
    /// <param name="text">One line.</param>
    /// <param name="style">How.</param>
    /// <param name="x">From the left of the text.</param>
    /// <param name="top">From the top of the text.</param>
    public void Line(string text, TextStyle style, double x, double top)
    {
        if (text.Length == 0)
            return;

        var font = fonts[style.Font];
        Write($"BT /{font.Key} {style.Size} Tf {Left + x:0.##} {PageHeight - Top - top - style.Ascent:0.##} Td ");
        PdfText.WriteString(_content, font.Encode(text));
        _content.AddRange(" Tj ET\n"u8);
    }

    /// <summary>Writes a line that ends at the right of the text.</summary>
    public void LineToTheRight(string text, TextStyle style, double top) => Line(text, style, Width - style.Measure(text), top);

    /// <summary>Draws a thin grey line from left to right.</summary>
    public void Rule(double top) => Write($"q 0.55 G 0.5 w {Left:0.##} {PageHeight - Top - top:0.##} m {Left + Width:0.##} {PageHeight - Top - top:0.##} l S Q\n");

    /// <summary>Fills a light band from left to right.</summary>
    public void Band(double top, double height) => Write($"q 0.93 g {Left:0.##} {PageHeight - Top - top - height:0.##} {Width:0.##} {height:0.##} re f Q\n");

    private void Write(FormattableString text) => _content.AddRange(Encoding.ASCII.GetBytes(text.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A heading on the page.</summary>
    /// <param name="Level">1 or 2.</param>
    /// <param name="Text">The heading.</param>
    /// <param name="Top">Where it is, from the foot of the page.</param>
    internal sealed record Heading(int Level, string Text, double Top);
}
