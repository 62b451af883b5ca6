using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Committees;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.Watch.V1;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Preparing;

namespace Delegation.ProjectDelivery.Tests.Packs;

public sealed class Packs_of_meetings(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    private static readonly Guid Report = Guid.CreateVersion7();
    private static readonly Guid FirstBulletin = Guid.CreateVersion7();

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_pack_holds_the_latest_versions_by_hash_and_is_sealed_when_its_meeting_begins()
    {
        var (two, committee) = await host.Scene.CommitteeAsync();
        await PublishAsync(two, Report, 1, "report", hoursAgo: 3);
        await PublishAsync(two, Report, 2, "report", hoursAgo: 2);
        await PublishAsync(two, FirstBulletin, 1, "bulletin", hoursAgo: 0.5);
        var begun = await PlanAsync(two, committee, hours: -1);

        Pack sealedPack = new();
        await Eventually.Async(async () => (sealedPack = await PackAsync(two.Delegate, begun)).SealTime is not null);

        var document = Assert.Single(sealedPack.Documents);
        Assert.Equal((PackDocument.Types.Kind.Report, Report.ToString(), 2, Hash(Report, 2)), (document.Kind, document.DocumentId, document.Version, document.Sha256));
        Assert.Equal(begun.StartTime, sealedPack.SealTime);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Report} 2 {Hash(Report, 2)}\n"))), sealedPack.Sha256);

        // What is published since stands in the pack of the next meeting, which is not sealed yet.
        await PublishAsync(two, Report, 3, "report", hoursAgo: 0.1);
        var next = await PackAsync(two.Insurer, await PlanAsync(two, committee, hours: 24));
        Assert.Equal(sealedPack, await PackAsync(two.Insurer, begun));
        Assert.Null(next.SealTime);
        Assert.Equal([(FirstBulletin.ToString(), 1), (Report.ToString(), 3)], next.Documents.Select(one => (one.DocumentId, one.Version)));
    }

    [PostgresFact]
    public async Task A_bulletin_is_in_the_packs_of_all_its_delegations_until_a_later_version_takes_its_place()
    {
        var (two, committee) = await host.Scene.CommitteeAsync();
        var (other, otherCommittee) = await SecondDelegationAsync(two);
        var (first, second) = (NewBulletin(two, other), NewBulletin(two, other));
        (second.Version, second.ReplacesBulletinId) = (2, first.Id);
        var next = await PlanAsync(two, committee, hours: 24);
        var nextOther = await PlanAsync(other, otherCommittee, hours: 24);

        Tell(two, first);
        foreach (var (reader, meeting) in new[] { (two.Delegate, next), (two.Insurer, nextOther) })
            await Eventually.Async(async () => (await PackAsync(reader, meeting)).Documents.Count == 1);
        var document = (await PackAsync(two.Insurer, nextOther)).Documents[0];
        Assert.Equal(
            (PackDocument.Types.Kind.Bulletin, first.Id, 1, "Veille du trimestre", "2026-01-01", "2026-03-31", first.PdfSha256, first.PublishTime),
            (document.Kind, document.DocumentId, document.Version, document.Title, document.PeriodStartDay, document.PeriodEndDay, document.Sha256, document.PublishTime));

        Tell(two, second);
        await Eventually.Async(async () => (await PackAsync(two.Insurer, next)).Documents is [{ Version: 2 }]);
        Assert.Equal(second.PdfSha256, Assert.Single((await PackAsync(two.Delegate, nextOther)).Documents).Sha256);
    }

    [PostgresFact]
    public async Task What_a_meeting_had_before_it_is_not_changed_by_a_bulletin_that_came_afterwards()
    {
        var (two, committee) = await host.Scene.CommitteeAsync();
        var (first, second) = (NewBulletin(two), NewBulletin(two));
        (second.Version, second.ReplacesBulletinId) = (2, first.Id);
        first.PublishTime = Timestamp.FromDateTime(DateTime.UtcNow.AddHours(-2));
        Tell(two, first);
        Tell(two, second);
        await Eventually.Async(async () => await CountDocumentsAsync(two) == 2);

        Pack pack = new();
        var begun = await PlanAsync(two, committee, hours: -1);
        await Eventually.Async(async () => (pack = await PackAsync(two.Delegate, begun)).SealTime is not null);

        Assert.Equal(first.Id, Assert.Single(pack.Documents).DocumentId);
    }

    // Another delegation of the same parties.
    private async Task<(TwoParties Two, Committee Committee)> SecondDelegationAsync(TwoParties two)
    {
        var other = two with { Parties = two.Parties with { DelegationId = Guid.CreateVersion7() } };
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        await administrator.ExecuteAsync("INSERT INTO delegation VALUES (@OwnerId, @DelegationId, @DelegateId, 'open', 1)", other.Parties);
        return (other, await PreparingCommittees.CommitteesAs(host.Scene, other.Insurer).CreateCommitteeAsync(PreparingCommittees.NewCommittee(other.DelegationId), deadline: Deadline));
    }

    private static Bulletin NewBulletin(params IReadOnlyList<TwoParties> delegations) => new()
    {
        Id = Guid.CreateVersion7().ToString(), DelegationIds = { delegations.Select(two => two.DelegationId) }, Title = "Veille du trimestre", Version = 1,
        PeriodStartDay = "2026-01-01", PeriodEndDay = "2026-03-31", PdfSha256 = Hash(Guid.CreateVersion7(), 1), PublishTime = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds())),
    };

    private void Tell(TwoParties two, Bulletin bulletin) => host.Watch.Tell(two.Parties, new BulletinPublished { Bulletin = bulletin }, "bulletin", Guid.Parse(bulletin.Id));

    private async Task<Meeting> PlanAsync(TwoParties two, Committee committee, int hours)
    {
        var request = PreparingCommittees.NewMeeting(committee.Id);
        request.StartTime = Timestamp.FromDateTime(DateTime.UtcNow.AddHours(hours));
        return await PreparingCommittees.Meetings(host.Scene, two.Insurer).PlanMeetingAsync(request, deadline: Deadline);
    }

    private async Task<Pack> PackAsync(Actor reader, Meeting meeting) =>
        await new Delivery.V1.Packs.PacksClient(host.Scene.As(reader)).GetPackAsync(new GetPackRequest { MeetingId = meeting.Id }, deadline: Deadline);

    private static string Hash(Guid document, int version) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{document} {version}"))));

    private async Task<long> CountDocumentsAsync(TwoParties two)
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        return await administrator.ExecuteScalarAsync<long>("SELECT count(*) FROM committee_document WHERE delegation_id = @DelegationId", two.Parties);
    }

    // As a follower keeps it.
    private async Task PublishAsync(TwoParties two, Guid document, int version, string kind, double hoursAgo)
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        await administrator.ExecuteAsync(
            """
            INSERT INTO committee_document
            SELECT owner_id, delegation_id, delegate_id, @document, @version, @kind, 'Reporting', '2026-01-01', '2026-01-31', @hash, @time
            FROM delegation WHERE delegation_id = @delegation
            """,
            new { document, version, kind, hash = Hash(document, version), time = DateTime.UtcNow.AddHours(-hoursAgo), delegation = Guid.Parse(two.DelegationId) });
    }
}
