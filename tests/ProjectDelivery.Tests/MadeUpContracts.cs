using System.Collections.Concurrent;
using System.Security.Cryptography;
using Delegation.Contracts.V1;
using Delegation.TestKit.Hosting;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Delegation.ProjectDelivery.Tests;

/// <summary>What the service needs of Contracts, as its tests want it: answers about titles, and a journal.</summary>
internal sealed class MadeUpContracts : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, MadeUpEvidence> _evidence = [];
    private readonly MadeUpJournal _journal = new();
    private GrpcPeer? _server;

    public string Address => _server!.Address;

    /// <summary>What was asked, with the metadata of each call.</summary>
    public ConcurrentQueue<(GetTitleRequest Request, Metadata Headers)> Asked { get; } = [];

    /// <summary>The delegations that have no title; any other has a letter of engagement for the whole of 2026.</summary>
    public ConcurrentDictionary<string, TitleBreach> Breaches { get; } = [];

    /// <summary>What gates ask about a delegation; all is well with one that no test changed.</summary>
    public MadeUpEvidence Of(string delegationId) => _evidence.GetOrAdd(delegationId, _ => new MadeUpEvidence());

    /// <summary>Set while Contracts is to be away.</summary>
    public bool IsAway { get; set; }

    public async Task StartAsync()
    {
        _server = await GrpcPeer.StartAsync(
            services => services.AddSingleton(this).AddSingleton(_journal),
            server =>
            {
                server.MapGrpcService<TitlesPeer>();
                server.MapGrpcService<MadeUpJournal.Peer>();
                MadeUpEvidence.Map(server);
            });
    }

    /// <summary>The letter of engagement of a delegation.</summary>
    public static TitleAnswer Letter(string delegationId) => new()
    {
        DelegationId = delegationId,
        Title = new Title
        {
            Kind = Title.Types.Kind.LetterOfEngagement,
            ObjectId = delegationId,
            EffectiveDay = "2026-01-01",
            LastDay = "2026-12-31",
            TextSha256 = Convert.ToHexStringLower(SHA256.HashData("text"u8)),
        },
        KnownTime = Timestamp.FromDateTime(new DateTime(2026, 3, 1, 9, 30, 0, DateTimeKind.Utc)),
        Revision = 3,
    };

    /// <summary>Adds an entry to the journal.</summary>
    public void Tell(Parties parties, IMessage happened, string objectType, Guid objectId, long revision = 1) => _journal.Tell(parties, happened, objectType, objectId, revision);

    /// <summary>Answers that nothing is there while Contracts is to be away.</summary>
    public void NeedsToBeThere()
    {
        if (IsAway)
            throw new RpcException(new Status(StatusCode.Unavailable, "away"));
    }

    private TitleAnswer TitleOf(string delegationId) => Breaches.TryGetValue(delegationId, out var breach)
        ? new TitleAnswer { DelegationId = delegationId, Breach = breach, Explanation = "Nothing was signed by both sides." }
        : Letter(delegationId);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private sealed class TitlesPeer(MadeUpContracts contracts) : Contracts.V1.Titles.TitlesBase
    {
        public override Task<TitleAnswer> GetTitle(GetTitleRequest request, ServerCallContext context)
        {
            contracts.NeedsToBeThere();
            contracts.Asked.Enqueue((request, context.RequestHeaders));
            return Task.FromResult(contracts.TitleOf(request.DelegationId));
        }

        public override Task<ListTitlesResponse> ListTitles(ListTitlesRequest request, ServerCallContext context)
        {
            contracts.NeedsToBeThere();
            var lines = contracts.Of(request.DelegationId).UncoveredActivities.Select(
                code => new LineTitle { ActivityCode = code, Answer = new TitleAnswer { Breach = TitleBreach.ScopeNotCovered } });
            return Task.FromResult(new ListTitlesResponse { Delegation = contracts.TitleOf(request.DelegationId), Lines = { lines } });
        }
    }
}
