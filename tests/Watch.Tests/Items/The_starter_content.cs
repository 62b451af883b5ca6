using Delegation.Access.V1;
using Delegation.TestKit;
using Delegation.Watch.V1;
using Grpc.Core;
using Stream = Delegation.Watch.V1.Item.Types.Stream;

namespace Delegation.Watch.Tests.Items;

public sealed class The_starter_content(WatchHost host) : IClassFixture<WatchHost>, IDisposable
{
    private static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task It_is_listed_by_the_nearest_date_with_source_and_certainty()
    {
        var items = await ListAsync(new ListItemsRequest { FromDay = "2026-01-01", PageSize = 200 });

        var dated = items.Where(item => item.NextDay.Length > 0).ToArray();
        Assert.Equal(dated.Select(item => item.NextDay).Order(StringComparer.Ordinal), dated.Select(item => item.NextDay));
        Assert.All(dated, item => Assert.True(string.CompareOrdinal(item.NextDay, "2026-01-01") >= 0));
        Assert.Equal("", items[^1].NextDay);
        Assert.All(items, item => Assert.True(item is { Title.Length: > 0, Source.Length: > 0, Certainty: not Item.Types.Certainty.Unspecified }));
        Assert.All(items, item => Assert.True(item.Certainty == Item.Types.Certainty.Confirmed || item.Note.Length > 0, item.Title));
    }

    [PostgresFact]
    public async Task An_item_stands_by_the_first_of_its_dates_that_is_not_over()
    {
        const string Text = "décret 2025-1131 du 26 novembre 2025";
        var before = (await ListAsync(new ListItemsRequest { FromDay = "2026-01-01" })).Single(item => item.Reference == Text && item.ToleranceDay.Length > 0);
        var after = (await ListAsync(new ListItemsRequest { FromDay = "2026-01-02" })).Single(item => item.Reference == Text && item.ToleranceDay.Length > 0);

        Assert.Equal(("2026-01-01", "2026-12-31"), (before.NextDay, after.NextDay));
        Assert.DoesNotContain(await ListAsync(new ListItemsRequest { FromDay = "2027-01-01", PageSize = 200 }), item => item.Reference == Text);
    }

    [PostgresTheory]
    [InlineData(Stream.Regulatory)]
    [InlineData(Stream.Market)]
    [InlineData(Stream.Technological)]
    public async Task Each_stream_has_items_and_shows_no_others(Stream stream)
    {
        var items = await ListAsync(new ListItemsRequest { Stream = stream, FromDay = "2019-01-01" });

        Assert.NotEmpty(items);
        Assert.All(items, item => Assert.Equal(stream, item.Stream));
    }

    [PostgresFact]
    public async Task Walking_page_by_page_gives_the_same_as_one_page()
    {
        var whole = await ListAsync(new ListItemsRequest { FromDay = "2019-01-01", PageSize = 200 });
        var walked = new List<Item>();
        var token = "";
        do
        {
            var page = await (await ClientAsync()).ListItemsAsync(new ListItemsRequest { FromDay = "2019-01-01", PageSize = 4, PageToken = token }, deadline: Deadline);
            walked.AddRange(page.Items);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(25, whole.Count);
        Assert.Equal(whole, walked);
    }

    [PostgresFact]
    public async Task A_french_caller_reads_french_titles()
    {
        var page = await (await ClientAsync()).ListItemsAsync(
            new ListItemsRequest { Stream = Stream.Technological, FromDay = "2019-01-01" }, new Metadata { { "accept-language", "fr" } }, Deadline);

        Assert.Equal("L'appli carte Vitale est ouverte à tous les assurés", Assert.Single(page.Items).Title);
    }

    [PostgresFact]
    public async Task All_mistakes_are_told_at_once()
    {
        var refusal = await Refusals.ThrownBy((await ClientAsync()).ListItemsAsync(
            new ListItemsRequest { Stream = (Stream)9, FromDay = "demain", PageSize = -1, PageToken = "x" }, deadline: Deadline));

        Assert.Equal(
            [("stream", "STREAM_UNKNOWN"), ("from_day", "FROM_DAY_MALFORMED"), ("page_size", "PAGE_SIZE_NEGATIVE"), ("page_token", "PAGE_TOKEN_MALFORMED")],
            refusal.Violations());
    }

    private async Task<V1.Items.ItemsClient> ClientAsync() => new(host.Scene.As(await host.Scene.MemberAsync(Guid.CreateVersion7(), Side.Delegate, Role.Watch)));

    private async Task<IReadOnlyList<Item>> ListAsync(ListItemsRequest request) => (await (await ClientAsync()).ListItemsAsync(request, deadline: Deadline)).Items;
}
