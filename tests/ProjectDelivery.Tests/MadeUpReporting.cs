using System.Collections.Concurrent;
using Delegation.Reporting.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Delegation.ProjectDelivery.Tests;

/// <summary>What the service needs of Reporting, as its tests want it: counts of operations, single operations, and a journal.</summary>
internal sealed class MadeUpReporting : IAsyncDisposable
{
    private WebApplication? _server;

    public string Address => _server!.Urls.Single();

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
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        builder.Services.AddSingleton(Journal);
        _server = builder.Build();
        _server.MapGrpcService<OperationsPeer>();
        _server.MapGrpcService<MadeUpJournal.Peer>();
        await _server.StartAsync();
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
