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
        var paginator = new Paginator(height);
        return [.. pieces.SelectMany(paginator.Add), .. paginator.End()];
    }
}

/// <summary>The same where the pieces come one after the other: a page is given away as soon as it is full.</summary>
/// <param name="height">What a page has room for.</param>
internal sealed class Paginator(double height)
{
    private readonly List<Piece> _waiting = [];
    private List<Placed> _page = [];
    private double _bottom;

    /// <summary>Adds a piece; the pages that are full since. One that keeps the next waits for it.</summary>
    public IReadOnlyList<IReadOnlyList<Placed>> Add(Piece piece)
    {
        _waiting.Add(piece);
        return piece.KeepsNext ? [] : Place();
    }

    /// <summary>The pages that are left, the last one even if it is empty.</summary>
    public IReadOnlyList<IReadOnlyList<Placed>> End() => [.. Place(), _page];

    private List<IReadOnlyList<Placed>> Place()
    {
        var full = new List<IReadOnlyList<Placed>>();
        for (var place = 0; place < _waiting.Count; place++)
        {
            var piece = _waiting[place];
            if (_page.Count > 0 && (piece.StartsPage || Together(place) > height - _bottom))
            {
                full.Add(_page);
                (_page, _bottom) = ([], 0);
                if (piece.Head is { } head)
                    Put(head);
            }

            Put(piece);
        }

        _waiting.Clear();
        return full;
    }

    private void Put(Piece piece)
    {
        var top = _page.Count == 0 ? 0 : _bottom + piece.Space;
        _page.Add(new Placed(piece, top));
        _bottom = top + piece.Height;
    }

    // How much room a piece needs with those that it keeps. What is more than a page cannot be kept together.
    private double Together(int place)
    {
        var sum = _waiting[place].Space + _waiting[place].Height;
        for (var last = place; _waiting[last].KeepsNext && last + 1 < _waiting.Count; last++)
        {
            var more = sum + _waiting[last + 1].Space + _waiting[last + 1].Height;
            if (more > height)
                break;
            sum = more;
        }

        return sum;
    }
}
