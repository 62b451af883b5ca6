using Delegation.Access.V1;
using Delegation.Contracts.Tests.Access.RecordedCalls;
using Delegation.Contracts.V1;
using Delegation.Journal.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Hosting;
using Delegation.Watch.V1;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Delegation.Contracts.Tests.Audits;

/// <summary>A service that goes away in the middle of a file: what came of it must not pass for the whole.</summary>
public sealed class Packs_that_break_off : IAsyncLifetime
{
    private readonly ContractsHost _host = new();
    private readonly Wire _wire = new();
    private GrpcPeer? _watch;

    public async Task InitializeAsync()
    {
        _watch = await GrpcPeer.StartAsync(
            services => services.AddSingleton(_wire),
            server =>
            {
                server.MapGrpcService<BulletinsPeer>();
                server.MapGrpcService<JournalPeer>();
            });
        _host.Settings["services:watch:grpc:0"] = _watch.Address;
        await _host.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _watch!.DisposeAsync();
        _host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task Nothing_is_handed_over_as_a_pack_and_the_journal_names_none()
    {
        var (contract, insurer, _) = await _host.Scene.SignedContractAsync();
        var audits = new V1.Audits.AuditsClient(_host.Scene.As(await _host.Scene.ComplianceAsync(insurer)));
        var plan = AuditCalls.Plan(contract.DelegationId);
        plan.Subjects.Add(AuditSubject.Watch);
        var mission = await audits.NotifyAuditMissionAsync(AuditCalls.Notify(await audits.PlanAuditMissionAsync(plan, deadline: People.Deadline)), deadline: People.Deadline);

        await DownloadAsync(audits, mission);
        Assert.Single(await TakenAsync(insurer));

        _wire.IsCut = true;
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => DownloadAsync(audits, mission))).StatusCode);
        Assert.Single(await TakenAsync(insurer));
    }

    private static async Task DownloadAsync(V1.Audits.AuditsClient audits, AuditMission mission)
    {
        using var call = audits.DownloadEvidencePack(new DownloadEvidencePackRequest { DelegationId = mission.DelegationId, MissionId = mission.Id }, deadline: People.Deadline);
        await foreach (var _ in call.ResponseStream.ReadAllAsync())
        {
            // Only how it ends matters here.
        }
    }

    private async Task<AuditPackTaken[]> TakenAsync(Actor insurer) =>
        [.. (await _host.EntriesOfAsync(insurer.Organization!.Value.ToString())).Select(entry => entry.Event).OfType<AuditPackTaken>()];

    private sealed class Wire
    {
        public bool IsCut { get; set; }
    }

    private sealed class BulletinsPeer(Wire wire) : Bulletins.BulletinsBase
    {
        public override Task<ListBulletinsResponse> ListBulletins(ListBulletinsRequest request, ServerCallContext context) =>
            Task.FromResult(new ListBulletinsResponse { Bulletins = { new Bulletin { Id = request.DelegationId } } });

        public override async Task DownloadBulletin(DownloadBulletinRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
        {
            await responseStream.WriteAsync(new HttpBody { Data = ByteString.CopyFromUtf8("the first half") });
            if (wire.IsCut)
                throw new RpcException(new Status(StatusCode.Unavailable, "The connection was lost."));
        }
    }

    private sealed class JournalPeer : Journal.V1.Journal.JournalBase
    {
        public override Task ReadChain(ReadChainRequest request, IServerStreamWriter<ReadChainResponse> responseStream, ServerCallContext context) => Task.CompletedTask;
    }
}
