using System.Security.Cryptography;
using Dapper;
using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.Watch.V1;
using Grpc.Core;
using Npgsql;

namespace Delegation.Watch.Tests.Bulletins;

/// <summary>A bulletin is for several delegations of one insurer, and missions are about one each.</summary>
public sealed class Bulletins_that_auditors_read(WatchHost host) : IClassFixture<WatchHost>, IDisposable
{
    private static readonly Role[] AuditorAlone = [Role.Auditor];

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Whoever_audits_one_of_its_delegations_reads_it_whole_and_whoever_audits_another_one_does_not()
    {
        var (two, _) = await host.Scene.AssessedAsync();
        var (second, beside) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.Scene.AddDelegationAsync(two.InsurerId, second, two.DelegateId);
        await host.Scene.AddDelegationAsync(two.InsurerId, beside, two.DelegateId);
        var outline = Preparing.NewOutline(two);
        outline.DelegationIds.Add(second.ToString());
        var bulletin = await Client(two.Delegate).PublishBulletinAsync(new() { Outline = outline }, deadline: Preparing.Deadline);

        foreach (var audited in new[] { two.Delegation, second })
        {
            var auditor = Client(await AuditorAsync(two, audited, AuditSubject.Watch));
            Assert.Equal(bulletin, await auditor.GetBulletinAsync(new() { BulletinId = bulletin.Id }, deadline: Preparing.Deadline));
            Assert.Equal(bulletin.PdfSha256, await Sha256OfPdfAsync(auditor, bulletin));
            Assert.Equal(bulletin.Id, (await auditor.ListBulletinsAsync(new() { DelegationId = audited.ToString() }, deadline: Preparing.Deadline)).Bulletins.Single().Id);
        }

        var elsewhere = Client(await AuditorAsync(two, beside, AuditSubject.Watch));
        Assert.Equal("BULLETIN_NOT_FOUND", (await Refusals.ThrownBy(elsewhere.GetBulletinAsync(new() { BulletinId = bulletin.Id }, deadline: Preparing.Deadline))).Reason());
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => Sha256OfPdfAsync(elsewhere, bulletin))).StatusCode);
        var ofMoney = Client(await AuditorAsync(two, second, AuditSubject.Finance));
        Assert.Equal("MEMBERSHIP_REQUIRED", (await Refusals.ThrownBy(ofMoney.GetBulletinAsync(new() { BulletinId = bulletin.Id }, deadline: Preparing.Deadline))).Reason());
    }

    private V1.Bulletins.BulletinsClient Client(Actor actor) => new(host.Scene.As(actor));

    private async Task<Actor> AuditorAsync(TwoParties two, Guid delegation, AuditSubject subject)
    {
        var auditor = await host.Scene.MemberAsync(two.InsurerId, Side.Insurer, AuditorAlone);
        await using var administrator = new NpgsqlConnection(host.Scene.Database.AdminConnectionString);
        await administrator.ExecuteAsync(
            "INSERT INTO audit_access VALUES (@mission, @InsurerId, @delegation, @DelegateId, @InsurerId, ARRAY[@person], ARRAY[@subject], 'both', @now - interval '1 day', @now + interval '1 day', 1)",
            new
            {
                mission = Guid.CreateVersion7(), two.InsurerId, delegation, two.DelegateId, person = new Person(host.Scene.Issuer.Authority, auditor.Subject).Id,
                subject = subject.Stored(), now = DateTime.UtcNow,
            });
        return auditor;
    }

    private static async Task<string> Sha256OfPdfAsync(V1.Bulletins.BulletinsClient client, Bulletin bulletin)
    {
        using var call = client.DownloadBulletin(new() { BulletinId = bulletin.Id }, deadline: Preparing.Deadline);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var part in call.ResponseStream.ReadAllAsync())
            hash.AppendData(part.Data.Span);

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
