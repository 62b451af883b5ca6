namespace Delegation.Documents;

/// <summary>Turns what a document says into pieces that fit on pages.</summary>
internal static class Layout
{
    private const double Indent = 14;

    public static IEnumerable<Piece> Of(IReadOnlyList<Block> blocks, Paper paper)
    {
        var startsPage = false;
        foreach (var block in blocks)
        {
            if (block is Block.PageBreak)
            {
                startsPage = true;
                continue;
            }

            foreach (var (index, piece) in Of(block, paper).Index())
                yield return index == 0 && startsPage ? piece with { StartsPage = true } : piece;

            startsPage = false;
        }
    }

    private static IEnumerable<Piece> Of(Block block, Paper paper) => Of(block, Sheet.WidthOn(paper), Sheet.HeightOn(paper));

    private static IEnumerable<Piece> Of(Block block, double width, double height) => block switch
    {
        Block.Headline headline => Heading(headline.Text, TextStyle.Headline, level: 0, space: 0, width),
        Block.Heading { Level: 1 } heading => Heading(heading.Text, TextStyle.Heading, level: 1, space: 18, width),
        Block.Heading heading => Heading(heading.Text, TextStyle.SmallHeading, level: 2, space: 12, width),
        Block.Paragraph paragraph => Paragraphs(paragraph.Text, TextStyle.Body, width),
        Block.Note note => Paragraphs(note.Text, TextStyle.Small, width),
        Block.Bullets bullets => bullets.Items.SelectMany((item, index) => Bullet(item, index, width)),
        Block.Table table => TableLayout.Of(table, width, height),
        Block.Chart chart => [ChartLayout.Of(chart, width)],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IEnumerable<Piece> Heading(string text, TextStyle style, int level, double space, double width)
    {
        foreach (var (index, line) in LineBreaks.Of(text, width, style.Measure).Index())
            yield return new Piece(index == 0 ? space : 0, style.Leading)
            {
                KeepsNext = true,
                Draw = (sheet, top) =>
                {
                    sheet.Line(line, style, 0, top);
                    if (index == 0 && level > 0)
                        sheet.Headings.Add(new Sheet.Heading(level, text, sheet.FromFoot(top - space)));
                },
            };
    }

    private static IEnumerable<Piece> Paragraphs(string text, TextStyle style, double width) => text.ReplaceLineEndings("\n")
        .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(paragraph => Lines(LineBreaks.Of(paragraph.Trim(), width, style.Measure).ToArray(), style, x: 0, space: 5));

    private static IEnumerable<Piece> Bullet(string item, int index, double width)
    {
        var lines = LineBreaks.Of(item, width - Indent, TextStyle.Body.Measure).ToArray();
        foreach (var (place, piece) in Lines(lines, TextStyle.Body, Indent, space: index == 0 ? 5 : 3).Index())
            yield return place > 0 ? piece : piece with
            {
                Draw = (sheet, top) =>
                {
                    sheet.Line("•", TextStyle.Body, 3, top);
                    piece.Draw(sheet, top);
                },
            };
    }

    // Neither the first line of a paragraph nor its last stands alone on a page.
    private static IEnumerable<Piece> Lines(string[] lines, TextStyle style, double x, double space)
    {
        for (var place = 0; place < lines.Length; place++)
        {
            var line = lines[place];
            yield return new Piece(place == 0 ? space : 0, style.Leading)
            {
                KeepsNext = lines.Length > 1 && (place == 0 || place == lines.Length - 2),
                Draw = (sheet, top) => sheet.Line(line, style, x, top),
            };
        }
    }
}
