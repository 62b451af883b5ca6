using System.Globalization;

namespace Delegation.Documents;

/// <summary>
/// A PDF file that is written page by page, for documents of any length: what was taken of it is in memory no more. How many pages it has is known
/// at its end; each page refers to where that is written.
/// </summary>
public sealed class LongPdf
{
    private const string CountName = "N";

    private readonly Document _document;
    private readonly PdfObjects _file = new();
    private readonly Dictionary<TrueTypeFont, PdfFont> _fonts = PdfFont.All();
    private readonly Paginator _paginator;
    private readonly List<int> _pages = [];
    private readonly List<Bookmarks.Entry> _headings = [];
    private readonly int _root;
    private readonly int _tree;
    private readonly int _resources;

    // The next block begins a page.
    private bool _breaks;

    /// <summary>Begins it with the blocks of a document.</summary>
    public LongPdf(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);

        _document = document;
        _paginator = new Paginator(Sheet.HeightOn(document.Paper));
        (_root, _tree, _resources) = (_file.Reserve(), _file.Reserve(), _file.Reserve());
        foreach (var piece in Layout.Of(document.Blocks, document.Paper))
            Write(_paginator.Add(piece));
    }

    /// <summary>Adds a block at its end.</summary>
    public void Add(Block block)
    {
        ArgumentNullException.ThrowIfNull(block);

        _breaks |= block is Block.PageBreak;
        if (block is Block.PageBreak)
            return;

        foreach (var piece in Layout.Of(_breaks ? [new Block.PageBreak(), block] : [block], _document.Paper))
            Write(_paginator.Add(piece));
        _breaks = false;
    }

    /// <summary>The bytes that are written since the last time.</summary>
    public byte[] Take() => _file.Take();

    /// <summary>Ends it; its last bytes.</summary>
    public byte[] End()
    {
        Write(_paginator.End());
        var count = new Sheet(_fonts, new Paper(2 * Sheet.Left, Sheet.Top));
        count.Line(_pages.Count.ToString(CultureInfo.InvariantCulture), TextStyle.Small, -Sheet.Left, 0);
        var fonts = string.Join(' ', _fonts.Values.Select(font => $"/{font.Key} {font.Write(_file)} 0 R"));
        var number = _file.Add($"/Type /XObject /Subtype /Form /BBox [0 -12 60 12] /Resources << /Font << {fonts} >> >>", count.Content);
        _file.Set(_resources, $"<< /Font << {fonts} >> /XObject << /{CountName} {number} 0 R >> >>");
        return PdfFile.End(_file, _document, _root, _tree, _pages, _headings);
    }

    private void Write(IReadOnlyList<IReadOnlyList<Placed>> pages)
    {
        foreach (var pieces in pages)
        {
            var sheet = PdfFile.Draw(_document, _fonts, _pages.Count + 1, pieces);
            var (top, reserved) = (sheet.Height + 24, TextStyle.Small.Measure("00000"));
            var text = string.Create(CultureInfo.InvariantCulture, $"Page {_pages.Count + 1} / ");
            sheet.Line(text, TextStyle.Small, sheet.Width - reserved - TextStyle.Small.Measure(text), top);
            sheet.Reference(CountName, sheet.Width - reserved, top);
            var page = _file.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent {_tree} 0 R /MediaBox [0 0 {_document.Paper.Width} {_document.Paper.Height}] /Resources {_resources} 0 R /Contents {_file.Add("", sheet.Content)} 0 R >>"));
            _pages.Add(page);
            _headings.AddRange(sheet.Headings.Select(heading => new Bookmarks.Entry(heading, page)));
        }
    }
}
