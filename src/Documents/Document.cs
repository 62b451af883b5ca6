namespace Delegation.Documents;

/// <summary>
/// What a document says, apart from how it looks. The same document is the same file to the byte, on every machine and at any time: its
/// hash can be signed.
/// </summary>
public sealed record Document
{
    /// <summary>Identifies it; written into the file.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it was made; written into the file.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What readers of PDF show as its name; also at the top of each page but the first.</summary>
    public required string Title { get; init; }

    /// <summary>At the bottom of each page, beside the number of the page.</summary>
    public required string Footer { get; init; }

    /// <summary>On what it is written.</summary>
    public Paper Paper { get; init; } = Paper.Portrait;

    /// <summary>What it says, from top to bottom.</summary>
    public required IReadOnlyList<Block> Blocks { get; init; }
}

/// <summary>A part of a document.</summary>
public abstract record Block
{
    private Block()
    {
    }

    /// <summary>The title on the first page.</summary>
    public sealed record Headline(string Text) : Block;

    /// <summary>A heading, which is never the last thing on a page.</summary>
    /// <param name="Level">1 or 2.</param>
    /// <param name="Text">The heading.</param>
    public sealed record Heading(int Level, string Text) : Block;

    /// <summary>Running text; a line feed begins a line, an empty line a paragraph.</summary>
    public sealed record Paragraph(string Text) : Block;

    /// <summary>Running text, smaller: what is said about the rest.</summary>
    public sealed record Note(string Text) : Block;

    /// <summary>A list with bullets.</summary>
    public sealed record Bullets(IReadOnlyList<string> Items) : Block;

    /// <summary>A table, whose head is repeated on each page. No row is cut, unless it is longer than a page.</summary>
    /// <param name="Columns">From left to right.</param>
    /// <param name="Rows">Texts in the order of the columns.</param>
    public sealed record Table(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Block
    {
        /// <summary>Whether the rows go on from the table before it: its head is there already, and repeated only on new pages.</summary>
        public bool Continues { get; init; }

        /// <summary>Whether the rows are in bold, as totals are.</summary>
        public bool IsStrong { get; init; }
    }

    /// <summary>Figures drawn side by side, as bars or as lines.</summary>
    /// <param name="Title">Above it.</param>
    /// <param name="IsLine">Lines through the values, or else bars.</param>
    /// <param name="Labels">Along the axis, from left to right.</param>
    /// <param name="Series">What is drawn, 1 to 4, each with a value for each label.</param>
    /// <param name="Unit">Of the values, as <c>€</c>; may be empty.</param>
    public sealed record Chart(string Title, bool IsLine, IReadOnlyList<string> Labels, IReadOnlyList<ChartSeries> Series, string Unit) : Block;

    /// <summary>What follows begins a page.</summary>
    public sealed record PageBreak : Block;
}

/// <summary>A column of a table.</summary>
/// <param name="Title">In its head; a table whose columns have none has no head.</param>
/// <param name="Share">Of the width of the table, by its proportion to that of the others.</param>
public sealed record Column(string Title, double Share)
{
    /// <summary>Whether its cells end at its right, as numbers do.</summary>
    public bool IsToTheRight { get; init; }
}

/// <summary>Values that are drawn in one colour.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Values">In the order of the labels; null where there is none.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values);

/// <summary>A page, in points.</summary>
/// <param name="Width">Of the page.</param>
/// <param name="Height">Of the page.</param>
public sealed record Paper(double Width, double Height)
{
    /// <summary>A4, upright.</summary>
    public static Paper Portrait { get; } = new(595.28, 841.89);

    /// <summary>A4, for tables of many columns.</summary>
    public static Paper Landscape { get; } = new(841.89, 595.28);
}
