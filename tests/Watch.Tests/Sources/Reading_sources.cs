using Dapper;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.Watch.Sources;
using Delegation.Watch.V1;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Reason = Delegation.Watch.V1.Sighting.Types.Reason;

namespace Delegation.Watch.Tests.Sources;

public sealed class Reading_sources(WatchHost host) : IClassFixture<WatchHost>, IAsyncLifetime
{
    private MadeUpSite? _site;

    private MadeUpSite Site => _site!;

    public async Task InitializeAsync() => _site = await MadeUpSite.StartAsync();

    public async Task DisposeAsync()
    {
        await Site.DisposeAsync();
        host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task What_is_new_becomes_items_once_and_what_is_known_stays_what_it_is()
    {
        var two = await host.Scene.DelegationAsync();
        Site.Says("/feed", MadeUpSite.Rss("La CNIL ouvre une consultation", "Le baromètre recule"));
        var source = await SourceAsync(two.Delegate, "/feed");
        Assert.Equal(("rss-2.0", "", 0), (await ReadAsync(two, source)).Health is { } health ? (health.Format, health.Failure, health.Failures) : default);
        Site.Says("/feed", MadeUpSite.Rss("La CNIL ouvre une consultation", "Le baromètre recule", "Un décret paraît au Journal officiel"));
        await ReadAsync(two, source);
        await ReadAsync(two, source);

        var items = (await host.Scene.Items(two.Delegate).ListTrackedItemsAsync(new(), deadline: Preparing.Deadline)).Items;
        Assert.Equal(3, items.Count);
        Assert.All(items, item => Assert.Equal((source.Id, "CNIL", Reason.First), (item.Sightings.Single().SourceId, item.Sightings[0].SourceName, item.Sightings[0].Reason)));
        Assert.All(items, item => Assert.Equal((TrackedItem.Types.State.New, "2025-11-27"), (item.State, item.PublicationDay)));
    }

    [PostgresFact]
    public async Task The_same_news_from_two_sources_is_one_item_with_both()
    {
        var two = await host.Scene.DelegationAsync();
        Site.Says("/a", MadeUpSite.Rss("Forfait journalier hospitalier : hausse à 23 € au 1er mars"));
        Site.Says("/b", MadeUpSite.Rss("Le forfait journalier hospitalier passe à 23 € au 1er mars"));
        await ReadAsync(two, await SourceAsync(two.Delegate, "/a"));
        await ReadAsync(two, await SourceAsync(two.Delegate, "/b"));

        var item = Assert.Single((await host.Scene.Items(two.Delegate).ListTrackedItemsAsync(new(), deadline: Preparing.Deadline)).Items);
        Assert.Equal([Reason.First, Reason.SimilarTitle], item.Sightings.Select(sighting => sighting.Reason));
    }

    [PostgresFact]
    public async Task A_failure_is_told_and_each_one_puts_the_next_reading_off_and_what_the_server_asks_holds()
    {
        var two = await host.Scene.DelegationAsync();
        var source = await SourceAsync(two.Delegate, "/none");
        await ReadAsync(two, source);
        var failed = await ReadAsync(two, source);
        Assert.Equal(("HTTP_404", 2), (failed.Health.Failure, failed.Health.Failures));
        Assert.InRange((failed.Health.NextTime.ToDateTime() - failed.Health.ReadTime.ToDateTime()).TotalMinutes, 239, 241);
        Assert.Single((await Client(two.Delegate).ListSourcesAsync(new() { Troubled = true }, deadline: Preparing.Deadline)).Sources);

        Site.Answers["/none"] = context =>
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, "43200");
            return Task.CompletedTask;
        };
        var asked = await ReadAsync(two, source);
        Assert.InRange((asked.Health.NextTime.ToDateTime() - asked.Health.ReadTime.ToDateTime()).TotalHours, 11.9, 12.1);
        Site.Says("/none", MadeUpSite.Rss("De retour"));
        Assert.Equal((0, ""), (await ReadAsync(two, source)).Health is { } health ? (health.Failures, health.Failure) : default);
    }

    [PostgresFact]
    public async Task A_source_that_says_nothing_any_more_alerts_its_own_side_until_it_speaks_again()
    {
        var two = await host.Scene.DelegationAsync();
        Site.Says("/feed", MadeUpSite.Rss());
        var source = await SourceAsync(two.Delegate, "/feed");
        await using (var administrator = new NpgsqlConnection(host.Database.AdminConnectionString))
            await administrator.ExecuteAsync("UPDATE watch_source SET create_time = create_time - interval '31 days' WHERE source_id = @id", new { id = Guid.Parse(source.Id) });

        Assert.True((await ReadAsync(two, source)).Health.Silent);
        Assert.Equal(("delegation.journal.v1.WorkItemOpened", "delegate"), await CheckAsync());
        Site.Says("/feed", MadeUpSite.Rss("Enfin"));
        Assert.False((await ReadAsync(two, source)).Health.Silent);
        Assert.Equal(("delegation.journal.v1.WorkItemClosed", "delegate"), await CheckAsync());

        Task<(string, string)> CheckAsync() => host.Scene.QueryAsync<(string, string)>(
            "SELECT event_type, visibility FROM journal WHERE object_id = @id AND object_type = 'work_item' ORDER BY revision DESC LIMIT 1",
            new { id = new Persistence.Work.WorkItemKey("watch_source.check", "watch_source", Guid.Parse(source.Id), Delegation.Access.V1.Side.Delegate).Id });
    }

    [PostgresFact]
    public async Task An_opml_file_adds_what_is_public_and_not_read_yet()
    {
        var two = await host.Scene.DelegationAsync();
        await Client(two.Delegate).CreateSourceAsync(Preparing.NewSource("https://www.cnil.fr/fr/rss.xml"), deadline: Preparing.Deadline);
        var answer = await Client(two.Delegate).ImportOpmlAsync(new()
        {
            Stream = Item.Types.Stream.Regulatory,
            Opml = """
                <?xml version="1.0" encoding="UTF-8"?><opml version="1.0"><head><title>x</title></head><body><outline text="Autorités">
                <outline text="CNIL" type="rss" xmlUrl="https://www.cnil.fr/fr/rss.xml"/><outline title="EIOPA &amp; co" xmlurl="https://www.eiopa.europa.eu/rss.xml"/>
                <outline text="interne" xmlUrl="http://10.0.0.1/feed"/><outline text="sans adresse"/></outline></body></opml>
                """,
        }, deadline: Preparing.Deadline);

        Assert.Equal(("EIOPA & co", "https://www.cnil.fr/fr/rss.xml", "http://10.0.0.1/feed"), (answer.Added.Single().Name, answer.KnownUrls.Single(), answer.RefusedUrls.Single()));
        foreach (var bad in new[] { "<opml><body>", "<!DOCTYPE opml [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><opml><body/></opml>", "<rss/>" })
            Assert.Equal([("opml", "OPML_MALFORMED")], (await Refusals.ThrownBy(Client(two.Delegate).ImportOpmlAsync(
                new() { Opml = bad, Stream = Item.Types.Stream.Market }, deadline: Preparing.Deadline))).Violations());
    }

    [PostgresFact]
    public async Task The_public_sources_of_the_field_are_suggested()
    {
        var two = await host.Scene.DelegationAsync();
        var all = (await Client(two.Insurer).ListSuggestedSourcesAsync(new(), deadline: Preparing.Deadline)).Sources;

        Assert.Equal(33, all.Count);
        Assert.All(all, source => Assert.True(source.Kind == Source.Types.Kind.Manual || SourceFields.IsPublic(source.Url), source.Name));
        Assert.All(all, source => Assert.True(source.Certainty == Item.Types.Certainty.Confirmed || source.Note.Length + source.Url.Length > 0));
        Assert.Equal("SOURCE_EXISTS", await TwiceAsync(two.Insurer));

        async Task<string> TwiceAsync(Actor actor)
        {
            await Client(actor).CreateSourceAsync(Preparing.NewSource(), deadline: Preparing.Deadline);
            return (await Refusals.ThrownBy(Client(actor).CreateSourceAsync(Preparing.NewSource(), deadline: Preparing.Deadline))).Reason();
        }
    }

    private V1.Sources.SourcesClient Client(Actor actor) => new(host.Scene.As(actor));

    // A source with an address on loopback cannot be asked for; the test puts it there.
    private async Task<Source> SourceAsync(Actor actor, string path)
    {
        var source = await Client(actor).CreateSourceAsync(Preparing.NewSource($"https://feeds.example.org/{Guid.NewGuid()}"), deadline: Preparing.Deadline);
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        await administrator.ExecuteAsync("UPDATE watch_source SET url = @url WHERE source_id = @id", new { url = Site.Url(path), id = Guid.Parse(source.Id) });
        return source;
    }

    private async Task<Source> ReadAsync(TwoParties two, Source source)
    {
        await host.Services.GetRequiredService<SourceReader>().ReadAsync(two.DelegateId, Guid.Parse(source.Id), CancellationToken.None);
        return await Client(two.Delegate).GetSourceAsync(new() { SourceId = source.Id }, deadline: Preparing.Deadline);
    }
}

/// <summary>The same as it runs: a source that was added is read by itself.</summary>
public sealed class Sources_that_are_due(ReadingHost host) : IClassFixture<ReadingHost>
{
    [PostgresFact]
    public async Task What_is_due_is_read_and_due_again_later()
    {
        var (actor, source) = await host.Scene.SourceAsync("https://no-such-host.invalid/feed");
        var client = new V1.Sources.SourcesClient(host.Scene.As(actor));
        await Eventually.Async(async () => (await client.GetSourceAsync(new() { SourceId = source.Id }, deadline: Preparing.Deadline)).Health.Failures == 1);

        var health = (await client.GetSourceAsync(new() { SourceId = source.Id }, deadline: Preparing.Deadline)).Health;
        Assert.Equal("NAME_UNKNOWN", health.Failure);
        Assert.InRange((health.NextTime.ToDateTime() - health.ReadTime.ToDateTime()).TotalMinutes, 119, 121);
        host.Logs.AssertNoErrors();
    }
}
