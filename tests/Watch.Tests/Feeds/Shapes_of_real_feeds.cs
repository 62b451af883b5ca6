using System.Diagnostics;
using System.Globalization;
using System.Text;
using Delegation.Watch.Feeds;
using Delegation.Watch.Sources;

namespace Delegation.Watch.Tests.Feeds;

/// <summary>
/// Feeds as they are in the wild, well-formed and broken, harmless and not: small files after the shapes of public sources, none of them a copy. Each line of
/// <c>shapes.tsv</c> says what must come out: file, charset of the header, format or failure, entries, and title, link and day of the first entry.
/// </summary>
public sealed class Shapes_of_real_feeds
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Feeds", "Shapes");
    private static readonly Uri Address = new("https://feeds.example.org/dir/feed.xml");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Shapes => [.. File.ReadAllLines(Path.Combine(Folder, "shapes.tsv"))];

    [Fact]
    public void There_are_107_of_them_and_19_are_refused()
    {
        var shapes = File.ReadAllLines(Path.Combine(Folder, "shapes.tsv")).Select(line => line.Split('\t')).ToArray();

        Assert.Equal(107, shapes.Length);
        Assert.Equal(19, shapes.Count(shape => char.IsUpper(shape[2][0])));
        Assert.Equal(Directory.GetFiles(Folder).Length - 1, shapes.Select(shape => shape[0]).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Each_is_read_as_it_was_meant_or_refused_by_name(string shape)
    {
        var expected = shape.Split('\t');
        var bytes = File.ReadAllBytes(Path.Combine(Folder, expected[0]));
        ParsedFeed feed;
        try
        {
            feed = FeedParser.Parse(bytes, expected[1].Length == 0 ? null : expected[1], Address, Now);
        }
        catch (FeedFailureException failed)
        {
            Assert.Equal(expected[2], failed.Reason);
            return;
        }

        Assert.Equal((expected[2], int.Parse(expected[3], CultureInfo.InvariantCulture)), (feed.Format, feed.Entries.Count));
        if (feed.Entries.Count == 0)
            return;

        var first = feed.Entries[0];
        Assert.Equal((expected[5], expected[6]), (first.Link, ServiceDefaults.Fields.DayField.Write(first.PublicationDay)));
        Assert.True(expected[4] == "*" ? first.Title.Length is > 200 and <= 300 : expected[4] == first.Title, first.Title);
        Assert.All(feed.Entries, entry => Assert.DoesNotContain("alert", entry.Title + entry.Summary, StringComparison.Ordinal));
    }

    [Fact]
    public void Html_from_strangers_nested_as_deep_as_it_is_long_is_read_in_a_moment()
    {
        var watch = Stopwatch.StartNew();
        var read = PlainText.Lines("Début" + string.Concat(Enumerable.Repeat("<div><b>", 8000)) + "fond", 2000);

        Assert.Equal("Début", read);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public void A_feed_of_two_megabytes_is_read_to_its_limit_in_a_moment()
    {
        var items = string.Concat(Enumerable.Range(0, 20_000).Select(number => $"<item><title>Titre {number}</title><guid>{number}</guid><description>{new string('x', 60)}</description></item>"));
        var bytes = Encoding.UTF8.GetBytes($"<rss version=\"2.0\"><channel>{items}</channel></rss>");
        var watch = Stopwatch.StartNew();

        Assert.Equal(ParsedFeed.MostEntries, FeedParser.Parse(bytes, null, Address, Now).Entries.Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"{bytes.Length} bytes took {watch.Elapsed}.");
    }
}
