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

        var fonts = new[] { TrueTypeFont.Regular, TrueTypeFont.Bold }.Index().ToDictionary(entry => entry.Item, entry => new PdfFont($"F{entry.Index}", entry.Item));
        var pages = Pagination.Of([.. Layout.Of(document.Blocks)], Sheet.Height);
        var sheets = pages.Select((pieces, index) => Draw(document, fonts, index + 1, pages.Count, pieces)).ToArray();

        return new PdfFile(Write(document, fonts.Values, sheets), pages.Count);
    }

    private static Sheet Draw(Document document, Dictionary<TrueTypeFont, PdfFont> fonts, int number, int count, IReadOnlyList<Placed> pieces)
    {
        var sheet = new Sheet(fonts);
        foreach (var (piece, top) in pieces)
            piece.Draw(sheet, top);

        if (number > 1)
        {
            sheet.Line(document.Title, TextStyle.Small, 0, -34);
            sheet.Rule(-18);
        }

        sheet.Rule(Sheet.Height + 18);
        sheet.Line(document.Footer, TextStyle.Small, 0, Sheet.Height + 24);
        sheet.LineToTheRight(string.Create(CultureInfo.InvariantCulture, $"Page {number} / {count}"), TextStyle.Small, Sheet.Height + 24);
        return sheet;
    }

    private static byte[] Write(Document document, IEnumerable<PdfFont> fonts, Sheet[] sheets)
    {
        var file = new PdfObjects();
        var (root, tree) = (file.Reserve(), file.Reserve());
        var resources = file.Add($"<< /Font << {string.Join(' ', fonts.Select(font => $"/{font.Key} {font.Write(file)} 0 R"))} >> >>");
        var pages = Array.ConvertAll(sheets, sheet => file.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {Sheet.PageWidth} {Sheet.PageHeight}] /Resources {resources} 0 R /Contents {file.Add("", sheet.Content)} 0 R >>")));
        file.Set(tree, string.Create(CultureInfo.InvariantCulture, $"<< /Type /Pages /Kids [{string.Join(' ', pages.Select(page => $"{page} 0 R"))}] /Count {pages.Length} >>"));

        var bookmarks = Bookmarks.Write(file, [.. sheets.SelectMany((sheet, index) => sheet.Headings.Select(heading => new Bookmarks.Entry(heading, pages[index])))]);
        var outlines = bookmarks is { } number ? $" /Outlines {number} 0 R /PageMode /UseOutlines" : "";
        file.Set(root, $"<< /Type /Catalog /Pages {tree} 0 R /Lang (fr-FR) /ViewerPreferences << /DisplayDocTitle true >>{outlines} >>");
        var info = file.Add($"<< /Title {PdfText.Readable(document.Title)} /CreationDate {PdfText.Instant(document.Time)} >>");
        return file.ToFile(root, info, document.Id);
    }
}
