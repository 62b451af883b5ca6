namespace Delegation.Documents;

/// <summary>Something that is on one page as a whole: a line, a row of a table.</summary>
/// <param name="Space">Above it, except at the top of a page.</param>
/// <param name="Height">Of itself.</param>
internal sealed record Piece(double Space, double Height)
{
    /// <summary>True when the next piece is to be on the same page.</summary>
    public bool KeepsNext { get; init; }

    /// <summary>True when it begins a page.</summary>
    public bool StartsPage { get; init; }

    /// <summary>What is repeated above it when it comes first on a page: the head of its table.</summary>
    public Piece? Head { get; init; }

    /// <summary>Draws it with its top at a place.</summary>
    public Action<Sheet, double> Draw { get; init; } = (_, _) => { };
}

/// <summary>A piece at its place.</summary>
/// <param name="Piece">The piece.</param>
/// <param name="Top">From the top of what the page has room for.</param>
internal readonly record struct Placed(Piece Piece, double Top);

/// <summary>Puts pieces on pages, in their order.</summary>
internal static class Pagination
{
    /// <param name="pieces">All of a document.</param>
    /// <param name="height">What a page has room for.</param>
    public static IReadOnlyList<IReadOnlyList<Placed>> Of(IReadOnlyList<Piece> pieces, double height)
    {
        var pages = new List<List<Placed>> { new() };
        var bottom = 0d;
        for (var place = 0; place < pieces.Count; place++)
        {
            var piece = pieces[place];
            var room = height - bottom;
            if (pages[^1].Count > 0 && (piece.StartsPage || Together(pieces, place, height) > room))
            {
                pages.Add([]);
                bottom = 0;
                if (piece.Head is { } head)
                    Put(head);
            }

            Put(piece);
        }

        return pages;

        void Put(Piece piece)
        {
            var top = pages[^1].Count == 0 ? 0 : bottom + piece.Space;
            pages[^1].Add(new Placed(piece, top));
            bottom = top + piece.Height;
        }
    }

    // How much room a piece needs with those that it keeps. What is more than a page cannot be kept together.
    private static double Together(IReadOnlyList<Piece> pieces, int place, double height)
    {
        var sum = pieces[place].Space + pieces[place].Height;
        for (var last = place; pieces[last].KeepsNext && last + 1 < pieces.Count; last++)
        {
            var more = sum + pieces[last + 1].Space + pieces[last + 1].Height;
            if (more > height)
                break;
            sum = more;
        }

        return sum;
    }
}
