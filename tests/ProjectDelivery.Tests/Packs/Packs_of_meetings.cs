using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Committees;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Preparing;

namespace Delegation.ProjectDelivery.Tests.Packs;

public sealed class Packs_of_meetings(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    private static readonly Guid Report = Guid.CreateVersion7();
    private static readonly Guid Bulletin = Guid.CreateVersion7();

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_pack_holds_the_latest_versions_by_hash_and_is_sealed_when_its_meeting_begins()
    {
        var (two, committee) = await host.Scene.CommitteeAsync();
        await PublishAsync(two, Report, 1, "report", hoursAgo: 3);
        await PublishAsync(two, Report, 2, "report", hoursAgo: 2);
        await PublishAsync(two, Bulletin, 1, "bulletin", hoursAgo: 0.5);
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
        Assert.Equal([(Bulletin.ToString(), 1), (Report.ToString(), 3)], next.Documents.Select(one => (one.DocumentId, one.Version)));
    }

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
