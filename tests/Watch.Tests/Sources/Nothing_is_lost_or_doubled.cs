using Dapper;
using Delegation.TestKit;
using Delegation.Watch.Sources;
using Delegation.Watch.V1;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Delegation.Watch.Tests.Sources;

/// <summary>
/// Random feeds, read in random order, again and again, several at once, and broken off at any moment as by a process that dies or a database that does: each entry
/// stands with exactly one item. The statements of a call are bounded.
/// </summary>
public sealed class Nothing_is_lost_or_doubled(WatchHost host) : IClassFixture<WatchHost>
{
    private static readonly string[] Subjects = ["prothèses capillaires", "forfait journalier", "tiers payant", "devis dentaires", "hébergement de données", "carte Vitale", "cotisations gelées", "réclamations"];
    private static readonly string[] Says = ["La CNIL ouvre une consultation sur", "Un décret paraît sur", "Le Sénat débat de", "Une mutuelle innove pour"];

    [PostgresFact]
    public async Task Each_entry_of_each_feed_is_with_one_item_however_often_it_is_read_and_whatever_breaks_off()
    {
        await using var site = await MadeUpSite.StartAsync();
        host.Logs.Expect(entry => entry.Category.StartsWith("Npgsql", StringComparison.Ordinal));
        var killed = 0;
        foreach (var seed in Enumerable.Range(1, 3))
        {
            var random = new Random(seed);
            var two = await host.Scene.DelegationAsync();
            var client = new V1.Sources.SourcesClient(host.Scene.As(two.Delegate));
            var feeds = Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 12).Select(_ => $"{Says[random.Next(4)]} {Subjects[random.Next(8)]}").Distinct().ToArray()).ToArray();
            var sources = new List<Source>();
            foreach (var (place, titles) in feeds.Index())
            {
                site.Says($"/{seed}/{place}", MadeUpSite.Rss(titles));
                sources.Add(await client.CreateSourceAsync(Preparing.NewSource($"https://feeds.example.org/{seed}/{place}"), deadline: Preparing.Deadline));
                await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
                await administrator.ExecuteAsync(
                    "UPDATE watch_source SET url = @url WHERE source_id = @id", new { url = site.Url($"/{seed}/{place}"), id = Guid.Parse(sources[place].Id) });
            }

            var reader = host.Services.GetRequiredService<SourceReader>();
            var readings = sources.Concat(sources).Concat(sources).OrderBy(_ => random.Next()).Select(source => (source, BrokenOffAfter: random.Next(2) == 0 ? random.Next(60) : -1)).ToArray();
            using (var over = new CancellationTokenSource())
            {
                var killing = KillReadersAsync(over.Token);
                await Parallel.ForEachAsync(readings, async (reading, _) => await ReadAsync(reader, two, reading.source, reading.BrokenOffAfter));
                await over.CancelAsync();
                killed += await killing;
            }

            foreach (var source in sources)
                Assert.True(await ReadAsync(reader, two, source, brokenOffAfter: -1));

            var items = (await host.Scene.Items(two.Delegate).ListTrackedItemsAsync(new() { PageSize = 200 }, deadline: Preparing.Deadline)).Items;
            var seen = items.SelectMany(item => item.Sightings.Select(sighting => (sighting.SourceId, sighting.Title))).Order().ToArray();
            Assert.Equal(feeds.SelectMany((titles, place) => titles.Select(title => (sources[place].Id, title))).Order(), seen);
            Assert.Equal(feeds.SelectMany(titles => titles).Distinct().Count(), items.Count);
        }

        Assert.NotEqual(0, killed);
        host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task A_list_takes_one_statement_and_an_item_a_fixed_number_however_many_there_are()
    {
        var two = await host.Scene.DelegationAsync();
        var first = await CountAsync(() => host.Scene.TrackAsync(two.Delegate, Preparing.Novelty(Item.Types.Stream.Market, "Une première offre de prévention")));
        foreach (var subject in Subjects)
            await host.Scene.TrackAsync(two.Delegate, Preparing.Novelty(Item.Types.Stream.Market, $"Actualité de fond sur {subject}"));

        Assert.True(await CountAsync(() => host.Scene.TrackAsync(two.Delegate, Preparing.Novelty(Item.Types.Stream.Market, "Un bilan annuel tout différent"))) <= first);
        Assert.Equal(1, await CountAsync(async () => (await host.Scene.Items(two.Delegate).ListTrackedItemsAsync(new() { Query = "offre" }, deadline: Preparing.Deadline)).Items));
    }

    // False when it was broken off.
    private static async Task<bool> ReadAsync(SourceReader reader, TwoParties two, Source source, int brokenOffAfter)
    {
        using var stop = new CancellationTokenSource(brokenOffAfter);
        try
        {
            await reader.ReadAsync(two.DelegateId, Guid.Parse(source.Id), stop.Token);
            return true;
        }
        catch (Exception broken) when (broken is OperationCanceledException or NpgsqlException)
        {
            return false;
        }
    }

    // The connections of readers, in the middle of what they write.
    private async Task<int> KillReadersAsync(CancellationToken over)
    {
        var killed = 0;
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        while (!over.IsCancellationRequested)
        {
            killed += await administrator.ExecuteScalarAsync<int>(
                """
                SELECT count(pg_terminate_backend(pid))::integer
                FROM (SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND query LIKE '%INTO tracked_item%' AND pid <> pg_backend_pid() LIMIT 1) reader
                """);
            await Task.Delay(25, CancellationToken.None);
        }

        return killed;
    }

    private async Task<int> CountAsync<T>(Func<Task<T>> call)
    {
        using var statements = new StatementRecorder();
        await call();
        return statements.Of(host.Database.Name).Count(sql => sql.Contains("tracked_item", StringComparison.Ordinal));
    }
}
