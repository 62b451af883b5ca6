using System.Security.Cryptography;
using System.Text;
using Dapper;
using Delegation.Archive.V1;
using Delegation.Persistence.Journal;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.Watch.V1;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Format = Delegation.Watch.V1.DownloadBulletinRequest.Types.Format;
using State = Delegation.Watch.V1.Bulletin.Types.State;

namespace Delegation.Watch.Tests.Bulletins;

/// <summary>A bulletin for two delegations of the pair, one of which ends, whether its files stand in that one or in the other.</summary>
public sealed class Bulletins_that_outlive_a_delegation(WatchHost host) : IClassFixture<WatchHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_delegate_reads_an_extract_for_the_one_that_goes_on_and_the_insurer_what_was_published(bool isFirstGone)
    {
        var (two, item, second) = await PreparedAsync();
        var (gone, left) = isFirstGone ? (two.Delegation, second) : (second, two.Delegation);
        await DecideAsync(two, item, gone.ToString());
        var (kept, both) = (await PublishAsync(two, left), await PublishAsync(two, two.Delegation, second));
        Assert.Equal([two.Delegation, second], both.Entries.Single().Assessment.Affected.Select(affected => Guid.Parse(affected.DelegationId)));
        Assert.Equal([two.Delegation, second], both.Entries.Single().Actions.Select(action => Guid.Parse(action.DelegationId)));

        await LeaveAsync(two, gone);

        var expected = new Bulletin(both) { Extract = true };
        expected.DelegationIds.Remove(gone.ToString());
        expected.Entries.Single().Assessment.Affected.Remove(both.Entries.Single().Assessment.Affected.Single(affected => affected.DelegationId == gone.ToString()));
        expected.Entries.Single().Actions.Remove(both.Entries.Single().Actions.Single(action => action.DelegationId == gone.ToString()));
        Assert.Equal(expected, await ReadAsync(two.Delegate, both));
        Assert.Equal([both.Id, kept.Id], (await Client(two.Delegate).ListBulletinsAsync(new() { DelegationId = left.ToString() }, deadline: Preparing.Deadline)).Bulletins.Select(bulletin => bulletin.Id));
        var page = Encoding.UTF8.GetString(await DownloadAsync(two.Delegate, both, Format.Html));
        Assert.Contains($"Action de {left}", page, StringComparison.Ordinal);
        Assert.Contains("· extrait</p>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(gone.ToString(), page, StringComparison.Ordinal);
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(await DownloadAsync(two.Delegate, both, Format.Pdf), 0, 5));

        var tracked = await host.Scene.Items(two.Delegate).GetTrackedItemAsync(new() { ItemId = item.Id }, deadline: Preparing.Deadline);
        Assert.Equal(left.ToString(), Assert.Single(tracked.Assessment.Affected).DelegationId);
        Assert.Equal(("Sans suite.", "", "", ""), (tracked.Decision.Reason, tracked.Decision.MeetingId, tracked.Decision.DecisionId, tracked.Decision.DelegationId));
        await Eventually.Async(async () => (await MentionsAsync(two.InsurerId, two, left, gone, both)) is (3, var entries) && entries == (isFirstGone ? 0 : 1));
        Assert.Equal((0, 0), await MentionsAsync(two.DelegateId, two, left, gone, both));
        await Eventually.Async(async () => (await host.Services.GetRequiredService<JournalReader>().AfterAsync(0, 10_000))
            .Where(entry => entry.Entry.OwnerId == two.InsurerId && entry.Entry.EventAs<BulletinPublished>() is not null)
            .Select(entry => (entry.Entry.ObjectId.ToString(), entry.DelegateDeparted)).SequenceEqual([(kept.Id, false), (both.Id, true)]));

        Assert.Equal((both, both.PdfSha256), (await ReadAsync(two.Insurer, both), Sha256(await DownloadAsync(two.Insurer, both, Format.Pdf))));
        Assert.Equal(State.Acknowledged, (await Client(two.Insurer).AcknowledgeBulletinAsync(new() { BulletinId = both.Id, PdfSha256 = both.PdfSha256 }, deadline: Preparing.Deadline)).State);
        Assert.Equal(State.Acknowledged, (await ReadAsync(two.Delegate, both)).State);
        Assert.Equal(kept, await ReadAsync(two.Delegate, kept));
    }

    [PostgresFact]
    public async Task What_the_delegate_publishes_in_its_place_replaces_it_for_both()
    {
        var (two, _, second) = await PreparedAsync();
        var both = await PublishAsync(two, two.Delegation, second);
        await LeaveAsync(two, two.Delegation);

        var next = await Client(two.Delegate).PublishBulletinAsync(new() { Outline = Outline(second), ReplacesBulletinId = both.Id }, deadline: Preparing.Deadline);

        Assert.Equal((2, both.Id), (next.Version, next.ReplacesBulletinId));
        Assert.Equal([State.Superseded, State.Superseded], [(await ReadAsync(two.Delegate, both)).State, (await ReadAsync(two.Insurer, both)).State]);
    }

    [PostgresFact]
    public async Task When_the_last_of_its_delegations_ends_the_delegate_has_nothing_of_it_any_more()
    {
        var (two, _, second) = await PreparedAsync();
        var both = await PublishAsync(two, two.Delegation, second);
        await LeaveAsync(two, two.Delegation);
        await LeaveAsync(two, second);

        Assert.Equal("BULLETIN_NOT_FOUND", (await Refusals.ThrownBy(Client(two.Delegate).GetBulletinAsync(new() { BulletinId = both.Id }, deadline: Preparing.Deadline))).Reason());
        Assert.Equal(both, await ReadAsync(two.Insurer, both));
        Assert.Equal("insurer", await host.Scene.QueryAsync<string>("SELECT visibility FROM bulletin WHERE bulletin_id = @id", new { id = Guid.Parse(both.Id) }));
        Assert.Equal("DELEGATION_CLOSED", (await Refusals.ThrownBy(Client(two.Insurer).AcknowledgeBulletinAsync(
            new() { BulletinId = both.Id, PdfSha256 = both.PdfSha256 }, deadline: Preparing.Deadline))).Reason());
    }

    [PostgresFact]
    public async Task The_record_of_each_of_its_delegations_holds_it_with_its_files()
    {
        var (two, _, second) = await PreparedAsync();
        var both = await PublishAsync(two, two.Delegation, second);
        await host.Scene.QueryAsync<int>("WITH ending AS (UPDATE delegation SET state = 'frozen' WHERE owner_id = @InsurerId RETURNING 1) SELECT count(*)::integer FROM ending", new { two.InsurerId });

        foreach (var delegation in new[] { two.Delegation, second })
        {
            var files = await RecordAsync(two, delegation);
            Assert.Contains(both.Id, Encoding.UTF8.GetString(files["tables/bulletin.jsonl"]), StringComparison.Ordinal);
            Assert.Equal([both.PdfSha256, both.HtmlSha256], files.Where(file => file.Key.StartsWith("files/", StringComparison.Ordinal)).OrderByDescending(file => file.Key.EndsWith(".pdf", StringComparison.Ordinal)).Select(file => Sha256(file.Value)));
        }
    }

    // One item touches a contract of each, and there is an action in each.
    private async Task<(TwoParties Two, TrackedItem Item, Guid Second)> PreparedAsync()
    {
        var (two, item) = await host.Scene.KeptAsync();
        var second = Guid.CreateVersion7();
        await host.Scene.AddDelegationAsync(two.InsurerId, second, two.DelegateId);
        var impact = Preparing.Impact(item);
        foreach (var delegation in new[] { two.DelegationId, second.ToString() })
        {
            var contract = Guid.CreateVersion7().ToString();
            host.Peers.Contracts[(delegation, contract)] = new() { Id = contract, Terms = new() { Title = $"Contrat {contract}" } };
            impact.Affected.Add(new AffectedObject { DelegationId = delegation, Type = AffectedObject.Types.Type.Contract, Id = contract });
            var action = Preparing.NewAction(two, item);
            (action.DelegationId, action.Title) = (delegation, $"Action de {delegation}");
            await new WatchActions.WatchActionsClient(host.Scene.As(two.Delegate)).OpenWatchActionAsync(action, deadline: Preparing.Deadline);
        }

        return (two, await host.Scene.AssessAsync(two.Delegate, item, impact), second);
    }

    private Task<int> LeaveAsync(TwoParties two, Guid gone) => host.Scene.QueryAsync<int>(
        "UPDATE delegation SET state = 'closed' WHERE delegation_id = @gone; SELECT count(*)::integer FROM erase_copies(@InsurerId, @gone, @DelegateId, @now)",
        new { two.InsurerId, gone, two.DelegateId, now = DateTime.UtcNow });

    // In a committee of that delegation.
    private async Task DecideAsync(TwoParties two, TrackedItem item, string delegation)
    {
        var (id, decision) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
        host.Peers.Committees[id] = new() { Id = id, DelegationId = delegation };
        host.Peers.Meetings[id] = new()
        {
            Id = id, CommitteeId = id, State = Delivery.V1.Meeting.Types.State.Confirmed, Minutes = new() { Decisions = { new Delivery.V1.Decision { Id = decision } } },
        };
        item = await host.Scene.Items(two.Delegate).GetTrackedItemAsync(new() { ItemId = item.Id }, deadline: Preparing.Deadline);
        await host.Scene.Items(two.Delegate).DecideItemAsync(
            new() { ItemId = item.Id, Kind = ItemDecision.Types.Kind.NoChange, Reason = "Sans suite.", MeetingId = id, DecisionId = decision, Etag = item.Etag }, deadline: Preparing.Deadline);
    }

    // What requests of an organisation see that names a delegation, or is the file of its bulletin: rows, and entries of the journal of the other delegation.
    private async Task<(int Rows, int Entries)> MentionsAsync(Guid organization, TwoParties two, Guid left, Guid gone, Bulletin bulletin)
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("SET LOCAL ROLE watch; CALL act_for(@organization, @organization)", new { organization });
        return await connection.QuerySingleAsync<(int, int)>(
            """
            SELECT (SELECT count(*) FROM bulletin b WHERE position(@gone IN b::text) > 0)::integer
                 + (SELECT count(*) FROM tracked_item i WHERE position(@gone IN i::text) > 0)::integer
                 + (SELECT count(*) FROM file f WHERE f.sha256 IN (@PdfSha256, @HtmlSha256))::integer,
                   (SELECT count(*) FROM journal_of(@InsurerId, @left) j WHERE position(convert_to(@gone, 'UTF8') IN j.payload) > 0)::integer
            """,
            new { gone = gone.ToString(), bulletin.PdfSha256, bulletin.HtmlSha256, two.InsurerId, left });
    }

    // What the record of a delegation has, by path.
    private async Task<Dictionary<string, byte[]>> RecordAsync(TwoParties two, Guid delegation)
    {
        using var call = new Archives.ArchivesClient(host.Scene.As(two.Insurer)).ExportRecord(new() { DelegationId = delegation.ToString() }, deadline: Preparing.Deadline);
        var files = new Dictionary<string, byte[]>();
        var path = "";
        await foreach (var part in call.ResponseStream.ReadAllAsync())
        {
            path = part.Path.Length > 0 ? part.Path : path;
            files[path] = [.. files.GetValueOrDefault(path, []), .. part.Data];
        }

        return files;
    }

    private V1.Bulletins.BulletinsClient Client(Actor actor) => new(host.Scene.As(actor));

    private async Task<Bulletin> ReadAsync(Actor actor, Bulletin bulletin) => await Client(actor).GetBulletinAsync(new() { BulletinId = bulletin.Id }, deadline: Preparing.Deadline);

    private async Task<Bulletin> PublishAsync(TwoParties two, params Guid[] delegations) =>
        await Client(two.Delegate).PublishBulletinAsync(new() { Outline = Outline(delegations) }, deadline: Preparing.Deadline);

    private static BulletinOutline Outline(params Guid[] delegations) => new()
    {
        DelegationIds = { delegations.Select(delegation => delegation.ToString()) }, Title = "Veille du trimestre", PeriodStartDay = "2026-01-01", PeriodEndDay = "2099-12-31",
    };

    private async Task<byte[]> DownloadAsync(Actor actor, Bulletin bulletin, Format format)
    {
        using var call = Client(actor).DownloadBulletin(new() { BulletinId = bulletin.Id, Format = format }, deadline: Preparing.Deadline);
        using var bytes = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
            part.Data.WriteTo(bytes);

        return bytes.ToArray();
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
