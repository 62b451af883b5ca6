using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Documents.Tests;

public sealed class Pages_of_documents
{
    private const double Height = 100;

    private static readonly Arbitrary<Piece[]> Pieces = (
        from space in Gen.Choose(0, 8)
        from height in Gen.Choose(1, 45)
        from keeps in Gen.Elements(true, false, false)
        from starts in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Piece(space, height) { KeepsNext = keeps, StartsPage = starts }).ArrayOf().ToArbitrary();

    [Fact]
    public void Every_piece_is_on_exactly_one_page_in_its_order_and_none_leaves_the_page() => Prop.ForAll(Pieces, pieces =>
    {
        var pages = Pagination.Of(pieces, Height);
        return pages.SelectMany(page => page).Select(placed => placed.Piece).SequenceEqual(pieces, ReferenceEqualityComparer.Instance)
            && pages.All(page => page.Index().All(entry =>
                entry.Item.Top + entry.Item.Piece.Height <= Height
                && (entry.Index == 0 ? entry.Item.Top == 0 : entry.Item.Top == page[entry.Index - 1].Top + page[entry.Index - 1].Piece.Height + entry.Item.Piece.Space)));
    }).QuickCheckThrowOnFailure();

    /// <summary>What keeps the next piece ends no page, unless the two together are more than a page.</summary>
    [Fact]
    public void No_heading_is_the_last_thing_on_a_page() => Prop.ForAll(Pieces, pieces =>
    {
        var pages = Pagination.Of(pieces, Height);
        return pages.Zip(pages.Skip(1)).All(pair =>
            !pair.First[^1].Piece.KeepsNext || pair.Second[0].Piece.StartsPage || Chain(pieces, pair.First[^1].Piece) > Height);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_page_is_left_only_for_what_does_not_fit_on_it() => Prop.ForAll(Pieces, pieces =>
    {
        var pages = Pagination.Of(pieces, Height);
        return pages.Zip(pages.Skip(1)).All(pair =>
        {
            var (last, next) = (pair.First[^1], pair.Second[0].Piece);
            return next.StartsPage || last.Top + last.Piece.Height + Chain(pieces, next) > Height;
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_head_of_a_table_is_repeated_on_each_of_its_pages()
    {
        var head = new Piece(0, 10) { KeepsNext = true };
        var rows = Enumerable.Range(0, 20).Select(_ => new Piece(0, 15) { Head = head }).ToArray();

        var pages = Pagination.Of([head, .. rows], Height);

        Assert.Equal([6, 6, 6, 2], pages.Select(page => page.Count - 1));
        Assert.All(pages, page => Assert.Same(head, page[0].Piece));
    }

    [Fact]
    public void No_row_of_a_table_is_cut_unless_it_is_longer_than_a_page()
    {
        string[] row = [Samples.French + Samples.French, "1"];
        Column[] columns = [new("Texte", 1), new("N°", 1)];

        Assert.Equal(3, Layout.Of([new Block.Table(columns, [row, row])], Paper.Portrait).Count());

        var endless = string.Join(' ', Enumerable.Repeat(Samples.French, 60));
        var pieces = Layout.Of([new Block.Table(columns, [[endless, "1"]])], Paper.Portrait).ToArray();
        Assert.InRange(pieces.Length, 3, 10);
        Assert.All(pieces, piece => Assert.InRange(piece.Height, 1, Sheet.HeightOn(Paper.Portrait) - pieces[0].Height));
    }

    private static double Chain(Piece[] pieces, Piece first)
    {
        var from = Array.FindIndex(pieces, piece => ReferenceEquals(piece, first));
        var sum = 0d;
        for (var place = from; place < pieces.Length; place++)
        {
            sum += pieces[place].Space + pieces[place].Height;
            if (!pieces[place].KeepsNext)
                break;
        }

        return sum;
    }
}
