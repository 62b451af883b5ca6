using System.IO.Compression;
using System.Text;
using Delegation.Contracts.Tests.Access.RecordedCalls;
using Delegation.Contracts.V1;
using Delegation.Persistence.Evidence;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Grpc.Core;

namespace Delegation.Contracts.Tests.Audits;

/// <summary>What an auditor without an account is given.</summary>
public sealed class The_evidence_pack(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private Scene Scene => host.Scene;

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task It_holds_what_the_mission_names_of_this_delegation_and_can_be_checked()
    {
        var (contract, insurer, _) = await Scene.SignedContractAsync();
        var recorder = await Scene.ComplianceAsync(insurer);
        var audits = new V1.Audits.AuditsClient(Scene.As(recorder));
        var planned = await audits.PlanAuditMissionAsync(AuditCalls.Plan(contract.DelegationId), deadline: People.Deadline);
        Assert.Equal("AUD-2", planned.ClauseCode);
        await Assert.ThrowsAsync<RpcException>(() => DownloadAsync(audits, planned));
        var mission = await audits.NotifyAuditMissionAsync(AuditCalls.Notify(planned), deadline: People.Deadline);

        var pack = await DownloadAsync(audits, mission);

        var report = PackVerification.Verify(new MemoryStream(pack));
        Assert.Empty(report.Faults);
        Assert.InRange(report.Shown, 1, long.MaxValue);
        var files = Unpack(pack);
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(files[$"contracts/{contract.Number}-{contract.Id}/contract.pdf"]), StringComparison.Ordinal);
        Assert.Equal(contract.Conclusion.DocumentSha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(files[$"contracts/{contract.Number}-{contract.Id}/contract.pdf"])));
        Assert.Contains($"contracts/{contract.Number}-{contract.Id}/certificate.pdf", files.Keys);
        Assert.Contains("contracts/list_annexes.ndjson", files.Keys);
        Assert.Contains("ContractSigned", Encoding.UTF8.GetString(files["journal/contracts.events.ndjson"]), StringComparison.Ordinal);
        // Money was not named, and the other services are not there.
        Assert.DoesNotContain(files.Keys, path => path.Contains("invoice", StringComparison.Ordinal));
        Assert.Contains("\"delivery/list_committees.ndjson\"", Encoding.UTF8.GetString(files[PackManifest.Path]), StringComparison.Ordinal);
        var taken = (await host.EntriesOfAsync(insurer.Organization!.Value.ToString())).Select(entry => entry.Event).OfType<AuditPackTaken>().Single();
        Assert.Equal((mission.Id, report.ManifestSha256), (taken.MissionId, taken.ManifestSha256));
    }

    private static async Task<byte[]> DownloadAsync(V1.Audits.AuditsClient audits, AuditMission mission)
    {
        using var call = audits.DownloadEvidencePack(new DownloadEvidencePackRequest { DelegationId = mission.DelegationId, MissionId = mission.Id }, deadline: People.Deadline);
        using var bytes = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
            part.Data.WriteTo(bytes);

        return bytes.ToArray();
    }

    private static Dictionary<string, byte[]> Unpack(byte[] pack)
    {
        using var archive = new ZipArchive(new MemoryStream(pack));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
    }
}
