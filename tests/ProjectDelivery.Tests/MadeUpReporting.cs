using System.Collections.Concurrent;
using Delegation.Reporting.V1;
using Delegation.TestKit.Hosting;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Delegation.ProjectDelivery.Tests;

/// <summary>What the service needs of Reporting, as its tests want it: counts of operations, single operations, and a journal.</summary>
internal sealed class MadeUpReporting : IAsyncDisposable
{
    private GrpcPeer? _server;

    public string Address => _server!.Address;

    /// <summary>What imports tell of a delegation: nothing unless a test says otherwise.</summary>
    public ConcurrentDictionary<string, OperationCounts> Counts { get; } = [];

    /// <summary>What it tells.</summary>
    public MadeUpJournal Journal { get; } = new();

    /// <summary>The periods that were asked about.</summary>
    public ConcurrentQueue<GetOperationCountsRequest> Asked { get; } = [];

    /// <summary>Set while Reporting is to be away.</summary>
    public bool IsAway { get; set; }

    /// <summary>Counts that hold all terms of exit, told by one import.</summary>
    public static OperationCounts AllIsWell(string coveredToDay) => new()
    {
        LastImportId = "01990000-0000-7000-8000-0000000000b1",
        CoveredToDay = coveredToDay,
        Total = new OperationCount { Received = 1000, Closed = 990, Closing = 10, Times = new ProcessingTimes { Percentile95Days = 6 } },
    };

    public async Task StartAsync()
    {
        _server = await GrpcPeer.StartAsync(
            services => services.AddSingleton(this).AddSingleton(Journal),
            server =>
            {
                server.MapGrpcService<OperationsPeer>();
                server.MapGrpcService<MadeUpJournal.Peer>();
            });
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private void NeedsToBeThere()
    {
        if (IsAway)
            throw new RpcException(new Status(StatusCode.Unavailable, "away"));
    }

    private sealed class OperationsPeer(MadeUpReporting reporting) : Operations.OperationsBase
    {
        public override Task<OperationCounts> GetOperationCounts(GetOperationCountsRequest request, ServerCallContext context)
        {
            reporting.NeedsToBeThere();
            reporting.Asked.Enqueue(request);
            return Task.FromResult(reporting.Counts.GetValueOrDefault(request.DelegationId, new OperationCounts()));
        }

        // References that begin with OP are known; each has a second version.
        public override Task<ListOperationVersionsResponse> ListOperationVersions(ListOperationVersionsRequest request, ServerCallContext context)
        {
            reporting.NeedsToBeThere();
            return Task.FromResult(request.Reference.StartsWith("OP", StringComparison.Ordinal)
                ? new ListOperationVersionsResponse
                {
                    Versions = { new Operation { Id = request.DelegationId, Reference = request.Reference, State = Operation.Types.State.Closed, Version = 2 } },
                }
                : new ListOperationVersionsResponse());
        }
    }
}
