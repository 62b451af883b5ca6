using System.Collections.Concurrent;
using System.Security.Cryptography;
using Delegation.Journal.V1;
using Delegation.TestKit.Hosting;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Delegation.Reporting.Tests;

/// <summary>A Contracts that has a journal and nothing else: what a test tells is in it.</summary>
internal sealed class ToldContracts : IAsyncDisposable
{
    private readonly ConcurrentQueue<Entry> _told = [];
    private GrpcPeer _peer = null!;

    public string Address => _peer.Address;

    public static async Task<ToldContracts> StartAsync()
    {
        var contracts = new ToldContracts();
        contracts._peer = await GrpcPeer.StartAsync(services => services.AddSingleton(contracts._told), server => server.MapGrpcService<Journal>());
        return contracts;
    }

    public void Tell((Guid Insurer, Guid Delegation, Guid Delegate) of, IMessage happened, Guid objectId, long revision) => _told.Enqueue(new Entry
    {
        Position = _told.Count + 1,
        OwnerPosition = _told.Count + 1,
        Hash = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(32)),
        EntryId = Guid.CreateVersion7().ToString(),
        OwnerId = of.Insurer.ToString(),
        DelegationId = of.Delegation.ToString(),
        DelegateId = of.Delegate.ToString(),
        Visibility = Entry.Types.Visibility.Both,
        ObjectType = "told",
        ObjectId = objectId.ToString(),
        Revision = revision,
        OccurTime = Timestamp.FromDateTime(DateTime.UtcNow),
        EventType = happened.Descriptor.FullName,
        Payload = happened.ToByteString(),
    });

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private sealed class Journal(ConcurrentQueue<Entry> told) : Delegation.Journal.V1.Journal.JournalBase
    {
        public override async Task Follow(FollowRequest request, IServerStreamWriter<FollowResponse> responseStream, ServerCallContext context)
        {
            for (var after = request.AfterPosition; !context.CancellationToken.IsCancellationRequested; await Task.Delay(20, context.CancellationToken))
            {
                var entries = told.Skip((int)after).ToArray();
                if (entries.Length > 0)
                    await responseStream.WriteAsync(new FollowResponse { Entries = { entries } }, context.CancellationToken);
                after += entries.Length;
            }
        }
    }
}
