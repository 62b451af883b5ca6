using System.Collections.Concurrent;
using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.Journal.V1;
using Delegation.TestKit.Hosting;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Delegation.Watch.Tests;

/// <summary>What the service asks of Contracts and ProjectDelivery, as its tests want it: what they put here is there, and nothing else.</summary>
public sealed class MadeUpPeers : IAsyncDisposable
{
    private GrpcPeer? _server;

    public string Address => _server!.Address;

    internal ConcurrentDictionary<(string Delegation, string Id), Contract> Contracts { get; } = [];

    internal ConcurrentDictionary<string, Project> Projects { get; } = [];

    internal ConcurrentDictionary<string, Committee> Committees { get; } = [];

    internal ConcurrentDictionary<string, Meeting> Meetings { get; } = [];

    public async Task StartAsync()
    {
        _server = await GrpcPeer.StartAsync(
            services => services.AddSingleton(this),
            server =>
            {
                server.MapGrpcService<JournalPeer>();
                server.MapGrpcService<NegotiationsPeer>();
                server.MapGrpcService<ProjectsPeer>();
                server.MapGrpcService<CommitteesPeer>();
                server.MapGrpcService<MeetingsPeer>();
            });
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private static Task<T> Found<T>(T? thing)
        where T : class => thing is null ? throw new RpcException(new Status(StatusCode.NotFound, "not there")) : Task.FromResult(thing);

    private sealed class NegotiationsPeer(MadeUpPeers peers) : Negotiations.NegotiationsBase
    {
        public override Task<Contract> GetContract(GetContractRequest request, ServerCallContext context) =>
            Found(peers.Contracts.GetValueOrDefault((request.DelegationId, request.ContractId)) ?? (request.ContractId == request.DelegationId ? Amendment(request) : null));

        // Of each delegation one amendment is known: that with the id of the delegation.
        private static Contract Amendment(GetContractRequest request) =>
            new() { Id = request.ContractId, DelegationId = request.DelegationId, Kind = Contract.Types.Kind.Amendment, Terms = new ContractTerms { Title = "Avenant n° 1" } };
    }

    private sealed class ProjectsPeer(MadeUpPeers peers) : Projects.ProjectsBase
    {
        public override Task<Project> GetProject(GetProjectRequest request, ServerCallContext context) => Found(peers.Projects.GetValueOrDefault(request.ProjectId));
    }

    private sealed class CommitteesPeer(MadeUpPeers peers) : Delivery.V1.Committees.CommitteesBase
    {
        public override Task<Committee> GetCommittee(GetCommitteeRequest request, ServerCallContext context) => Found(peers.Committees.GetValueOrDefault(request.CommitteeId));
    }

    private sealed class MeetingsPeer(MadeUpPeers peers) : Meetings.MeetingsBase
    {
        public override Task<Meeting> GetMeeting(GetMeetingRequest request, ServerCallContext context) => Found(peers.Meetings.GetValueOrDefault(request.MeetingId));
    }

    // Contracts tells nothing: tests write what the service would have learned from it.
    private sealed class JournalPeer : Journal.V1.Journal.JournalBase
    {
        public override Task Follow(FollowRequest request, IServerStreamWriter<FollowResponse> responseStream, ServerCallContext context) =>
            Task.Delay(Timeout.Infinite, context.CancellationToken);
    }
}
