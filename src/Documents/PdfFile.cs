using System.Globalization;

namespace Delegation.Documents;

/// <summary>A document as a PDF file.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Pages">How many pages it has.</param>
public sealed record PdfFile(ReadOnlyMemory<byte> Bytes, int Pages)
{
    /// <summary>Writes a document.</summary>
    public static PdfFile Of(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);

        var fonts = PdfFont.All();
        var pages = Pagination.Of([.. Layout.Of(document.Blocks, document.Paper)], Sheet.HeightOn(document.Paper));
        var sheets = pages.Select((pieces, index) => Draw(document, fonts, index + 1, pages.Count, pieces)).ToArray();

        return new PdfFile(Write(document, fonts.Values, sheets), pages.Count);
    }

    private static Sheet Draw(Document document, Dictionary<TrueTypeFont, PdfFont> fonts, int number, int count, IReadOnlyList<Placed> pieces)
    {
        var sheet = Draw(document, fonts, number, pieces);
        sheet.LineToTheRight(string.Create(CultureInfo.InvariantCulture, $"Page {number} / {count}"), TextStyle.Small, sheet.Height + 24);
        return sheet;
    }

    /// <summary>A page, its number apart.</summary>
    internal static Sheet Draw(Document document, IReadOnlyDictionary<TrueTypeFont, PdfFont> fonts, int number, IReadOnlyList<Placed> pieces)
    {
        var sheet = new Sheet(fonts, document.Paper);
        foreach (var (piece, top) in pieces)
            piece.Draw(sheet, top);

        if (number > 1)
        {
            sheet.Line(document.Title, TextStyle.Small, 0, -34);
            sheet.Rule(-18);
        }

        sheet.Rule(sheet.Height + 18);
        sheet.Line(document.Footer, TextStyle.Small, 0, sheet.Height + 24);
        return sheet;
    }

    private static byte[] Write(Document document, IEnumerable<PdfFont> fonts, Sheet[] sheets)
    {
        var file = new PdfObjects();
        var (root, tree) = (file.Reserve(), file.Reserve());
        var resources = file.Add($"<< /Font << {string.Join(' ', fonts.Select(font => $"/{font.Key} {font.Write(file)} 0 R"))} >> >>");
        var pages = Array.ConvertAll(sheets, sheet => file.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {document.Paper.Width} {document.Paper.Height}] /Resources {resources} 0 R /Contents {file.Add("", sheet.Content)} 0 R >>")));
        var headings = sheets.SelectMany((sheet, index) => sheet.Headings.Select(heading => new Bookmarks.Entry(heading, pages[index])));
        return End(file, document, root, tree, pages, [.. headings]);
    }

    /// <summary>Writes what names the pages, once all are there.</summary>
    internal static byte[] End(PdfObjects file, Document document, int root, int tree, IReadOnlyList<int> pages, IReadOnlyList<Bookmarks.Entry> headings)
    {
        file.Set(tree, string.Create(CultureInfo.InvariantCulture, $"<< /Type /Pages /Kids [{string.Join(' ', pages.Select(page => $"{page} 0 R"))}] /Count {pages.Count} >>"));
        var bookmarks = Bookmarks.Write(file, headings);
        var outlines = bookmarks is { } number ? $" /Outlines {number} 0 R /PageMode /UseOutlines" : "";
        file.Set(root, $"<< /Type /Catalog /Pages {tree} 0 R /Lang (fr-FR) /ViewerPreferences << /DisplayDocTitle true >>{outlines} >>");
        var info = file.Add($"<< /Title {PdfText.Readable(document.Title)} /CreationDate {PdfText.Instant(document.Time)} >>");
        return file.ToFile(root, info, document.Id);
    }
}
