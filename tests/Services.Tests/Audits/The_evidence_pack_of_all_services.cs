using System.IO.Compression;
using System.Security.Cryptography;
using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Evidence;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Delegation.Services.Tests.Reversibility;
using Delegation.TestKit;
using Grpc.Core;
using Npgsql;

namespace Delegation.Services.Tests.Audits;

/// <summary>What auditors without an account are given of all services, one of which is away at first.</summary>
public sealed class The_evidence_pack_of_all_services : IAsyncLifetime
{
    private FourServices _services = null!;

    private static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    public async Task InitializeAsync() => _services = await FourServices.StartAsync();

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [PostgresFact]
    public async Task Minutes_reports_and_bulletins_are_in_it_as_they_were_published_and_what_is_away_is_said_not_to_be()
    {
        var delegation = await _services.Contracts.OpenDelegationAsync([.. _services.All.Skip(1).Select(part => part.Database)]);
        await _services.Contracts.SignLetterAsync(delegation);
        var meeting = await _services.MeetAsync(delegation);
        var report = await _services.PublishReportAsync(delegation);
        var bulletin = await _services.PublishBulletinAsync(delegation);
        var mission = await OpenMissionAsync(delegation);

        await _services["watch"].StopAsync();
        var (early, manifest) = await TakeAsync(mission);
        Assert.DoesNotContain(early.Keys, path => path.StartsWith("watch/", StringComparison.Ordinal));
        Assert.All(["watch/download_bulletin", "watch/list_bulletins.ndjson", "journal/watch"], part => Assert.Contains(manifest.Missing, missing => missing.Part == part));

        _services["watch"].Start();
        var files = early;
        await Eventually.Async(async () =>
        {
            (files, manifest) = await TakeAsync(mission);
            return files.Keys.Any(path => path.StartsWith("watch/download_bulletin/", StringComparison.Ordinal));
        });
        Assert.DoesNotContain(manifest.Missing, missing => missing.Part.StartsWith("watch", StringComparison.Ordinal));
        Assert.Equal(
            new[] { bulletin.HtmlSha256, bulletin.PdfSha256 }.Order(), files.Where(file => file.Key.StartsWith($"watch/download_bulletin/{bulletin.Id}/", StringComparison.Ordinal)).Select(file => Sha256(file.Value)).Order());
        var forms = files.Where(file => file.Key.StartsWith($"reporting/download_report/{report.Id}/", StringComparison.Ordinal)).ToArray();
        Assert.Equal(4, forms.Length);
        Assert.Contains(report.Versions.Single().Sha256, forms.Select(form => Sha256(form.Value)));
        Assert.All(["Reprise des adhésions achevée.", "Conserver les horaires d'accueil."], minutes => Assert.Contains(minutes, files.Text("delivery/get_meeting.ndjson"), StringComparison.Ordinal));
        Assert.Contains(meeting.Id, files.Text("delivery/get_pack.ndjson"), StringComparison.Ordinal);
        // Money was not named.
        Assert.DoesNotContain(files.Keys, path => path.Contains("invoice", StringComparison.Ordinal));
        await AssertReadsAreWrittenDownAsync(mission);
    }

    private async Task<AuditMission> OpenMissionAsync(string delegation)
    {
        var (audits, today) = (Audits, ParisDays.DayAt(TimeProvider.System.GetUtcNow()));
        var planned = await audits.PlanAuditMissionAsync(
            new PlanAuditMissionRequest
            {
                DelegationId = delegation, Kind = AuditMission.Types.Kind.Acpr, Title = "Externalisation des prestations santé", AuditedSide = Side.Delegate,
                Subjects = { AuditSubject.Governance, AuditSubject.Figures, AuditSubject.Watch }, PeriodStartDay = DayField.Write(today.AddYears(-1)), PeriodEndDay = DayField.Write(today),
                OpenDay = DayField.Write(today), CloseDay = DayField.Write(today.AddDays(30)),
            },
            deadline: Deadline);
        var open = await audits.NotifyAuditMissionAsync(new NotifyAuditMissionRequest { DelegationId = delegation, MissionId = planned.Id, Etag = planned.Etag }, deadline: Deadline);
        foreach (var part in _services.All)
        {
            await using var administrator = new NpgsqlConnection(part.Database.AdminConnectionString);
            await Eventually.Async(async () => await administrator.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT FROM audit_access WHERE mission_id = @id)", new { id = Guid.Parse(open.Id) }));
        }

        return open;
    }

    private async Task<(IReadOnlyDictionary<string, byte[]> Files, PackManifest Manifest)> TakeAsync(AuditMission mission)
    {
        using var call = Audits.DownloadEvidencePack(new DownloadEvidencePackRequest { DelegationId = mission.DelegationId, MissionId = mission.Id }, deadline: Deadline);
        using var bytes = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
            part.Data.WriteTo(bytes);

        Assert.Empty(PackVerification.Verify(bytes).Faults);
        bytes.Position = 0;
        using var archive = new ZipArchive(bytes);
        var files = archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.ToArray();
        });
        return (files, PackManifest.Parse(new MemoryStream(files[PackManifest.Path])));
    }

    private async Task AssertReadsAreWrittenDownAsync(AuditMission mission)
    {
        foreach (var part in _services.All)
        {
            await using var administrator = new NpgsqlConnection(part.Database.AdminConnectionString);
            Assert.True(await administrator.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT FROM journal WHERE object_type = 'audit_read' AND person_id = @id)", new { id = Guid.Parse(mission.Id) }), part.Name);
            part.Logs.AssertNoErrors();
        }
    }

    private Contracts.V1.Audits.AuditsClient Audits => new(_services.Contracts.As(Beginnings.Insurer));

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
