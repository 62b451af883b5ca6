using System.Globalization;
using System.Text;

namespace Delegation.Documents;

/// <summary>A page while it is drawn: https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf, 8 and 9.</summary>
internal sealed class Sheet(IReadOnlyDictionary<TrueTypeFont, PdfFont> fonts, Paper paper)
{
    /// <summary>Where text begins, from the left and from the top of the page.</summary>
    public const double Left = 62, Top = 72;

    private readonly List<byte> _content = [];

    /// <summary>How wide text may be.</summary>
    public double Width { get; } = WidthOn(paper);

    /// <summary>How high text may be.</summary>
    public double Height { get; } = HeightOn(paper);

    /// <summary>What was drawn.</summary>
    public byte[] Content => [.. _content];

    /// <summary>The headings on it, for bookmarks.</summary>
    public List<Heading> Headings { get; } = [];

    public static double WidthOn(Paper paper) => paper.Width - (2 * Left);

    public static double HeightOn(Paper paper) => paper.Height - Top - 74;

    /// <summary>How far from the foot of the page a place is that is so far from the top of the text.</summary>
    public double FromFoot(double top) => paper.Height - Top - top;

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
        Write($"BT /{font.Key} {style.Size} Tf {Left + x:0.##} {FromFoot(top + style.Ascent):0.##} Td ");
        PdfText.WriteString(_content, font.Encode(text));
        _content.AddRange(" Tj ET\n"u8);
    }

    /// <summary>Writes a line that ends at the right of the text.</summary>
    public void LineToTheRight(string text, TextStyle style, double top) => Line(text, style, Width - style.Measure(text), top);

    /// <summary>Draws a thin grey line from left to right.</summary>
    public void Rule(double top) => Write($"q 0.55 G 0.5 w {Left:0.##} {FromFoot(top):0.##} m {Left + Width:0.##} {FromFoot(top):0.##} l S Q\n");

    /// <summary>Fills a light band from left to right.</summary>
    public void Band(double top, double height) => Write($"q 0.93 g {Left:0.##} {FromFoot(top + height):0.##} {Width:0.##} {height:0.##} re f Q\n");

    /// <summary>Fills a box.</summary>
    public void Box(double x, double top, double width, double height, string colour) =>
        Write($"q {colour} rg {Left + x:0.##} {FromFoot(top + height):0.##} {width:0.##} {height:0.##} re f Q\n");

    /// <summary>Draws a line through places.</summary>
    public void Path(IReadOnlyList<(double X, double Top)> places, string colour, double thickness)
    {
        Write($"q {colour} RG {thickness:0.##} w 1 j ");
        foreach (var (index, (x, top)) in places.Index())
            Write($"{Left + x:0.##} {FromFoot(top):0.##} {(index == 0 ? "m" : "l")} ");
        Write($"S Q\n");
    }

    /// <summary>Puts here what is drawn at the end, under a name of the page's resources.</summary>
    public void Reference(string name, double x, double top) => Write($"q 1 0 0 1 {Left + x:0.##} {FromFoot(top):0.##} cm /{name} Do Q\n");

    private void Write(FormattableString text) => _content.AddRange(Encoding.ASCII.GetBytes(text.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A heading on the page.</summary>
    /// <param name="Level">1 or 2.</param>
    /// <param name="Text">The heading.</param>
    /// <param name="Top">Where it is, from the foot of the page.</param>
    internal sealed record Heading(int Level, string Text, double Top);
}
