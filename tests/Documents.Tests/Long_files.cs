using System.Text;

namespace Delegation.Documents.Tests;

public sealed class Long_files
{
    [Fact]
    public void A_file_that_is_taken_part_by_part_has_the_pages_of_the_one_that_is_written_at_once()
    {
        var document = Samples.Long(sections: 4);
        var growing = new LongPdf(document with { Blocks = [] });
        using var bytes = new MemoryStream();
        var parts = 0;
        foreach (var block in document.Blocks)
        {
            growing.Add(block);
            var part = growing.Take();
            parts += part.Length > 0 ? 1 : 0;
            bytes.Write(part);
        }

        bytes.Write(growing.End());

        var (pages, whole) = (new ReadFile(bytes.ToArray()).Pages().ToArray(), new ReadFile(PdfFile.Of(document).Bytes).Pages().ToArray());
        Assert.InRange(parts, 2, document.Blocks.Count);
        Assert.Equal(whole.Select(WithoutCount), pages.Select(WithoutCount));
        // How many pages there are is written once, and all pages refer to it.
        Assert.Contains("/XObject << /N ", Encoding.Latin1.GetString(bytes.ToArray()), StringComparison.Ordinal);
        Assert.All(pages.Index(), page => Assert.Contains($"Page {page.Index + 1} / ", page.Item, StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_that_goes_on_has_its_head_once_on_a_page()
    {
        Column[] columns = [new("Poste", 1), new("Montant", 1) { IsToTheRight = true }];
        var rows = Enumerable.Range(0, 3).Select(place => (IReadOnlyList<string>)[$"P{place}", "1"]).ToArray();

        var text = new ReadFile(PdfFile.Of(Samples.Of(new Block.Table(columns, rows), new Block.Table(columns, rows) { Continues = true, IsStrong = true })).Bytes).Pages().Single();

        Assert.Single(text.Split('\n'), line => line == "Poste");
        Assert.Equal(6, text.Split('\n').Count(line => line.StartsWith('P') && line.Length == 2));
    }

    [Theory]
    [InlineData(0, 100, 0, 100, 20)]
    [InlineData(0, 7, 0, 8, 2)]
    [InlineData(-3, 9, -5, 10, 2.5)]
    [InlineData(0, 0, 0, 1, 1)]
    public void An_axis_has_round_numbers_around_all_values(double least, double greatest, double from, double to, double step)
    {
        var scale = ChartLayout.Scale(new Block.Chart("", false, ["a", "b"], [new ChartSeries("s", [least, greatest])], ""));

        Assert.Equal((from, to, step), scale);
    }

    [Fact]
    public void A_chart_names_its_series_and_labels()
    {
        var chart = new Block.Chart("Prestations", IsLine: true, ["janvier", "février", "mars"], [new ChartSeries("2025", [1200, null, 800]), new ChartSeries("2026", [1500, 900, -100])], "€");

        var text = new ReadFile(PdfFile.Of(Samples.Of(chart)).Bytes).Pages().Single().Split('\n');

        foreach (var word in new[] { "Prestations", "2025", "2026", "janvier", "mars", "0\u00A0€", "1\u00A0500\u00A0€" })
            Assert.Contains(word, text);
    }

    private static string WithoutCount(string page) => page[..page.LastIndexOf(" / ", StringComparison.Ordinal)];
}
