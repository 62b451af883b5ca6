using System.Collections.Concurrent;
using System.Security.Cryptography;
using Delegation.Journal.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Tests;

/// <summary>The journal of a made-up service: what tests tell it, in that order.</summary>
internal sealed class MadeUpJournal
{
    private ConcurrentQueue<Entry> Entries { get; } = [];

    /// <summary>Adds an entry.</summary>
    public void Tell(Parties parties, IMessage happened, string objectType, Guid objectId, long revision = 1)
    {
        lock (Entries)
            Entries.Enqueue(new Entry
            {
                Position = Entries.Count + 1,
                OwnerPosition = Entries.Count + 1,
                Hash = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(32)),
                EntryId = Guid.CreateVersion7().ToString(),
                OwnerId = parties.OwnerId.ToString(),
                DelegationId = parties.DelegationId.ToString(),
                DelegateId = parties.DelegateId.ToString(),
                Visibility = Entry.Types.Visibility.Both,
                ObjectType = objectType,
                ObjectId = objectId.ToString(),
                Revision = revision,
                OccurTime = Timestamp.FromDateTime(DateTime.UtcNow),
                EventType = happened.Descriptor.FullName,
                Payload = happened.ToByteString(),
            });
    }

    /// <summary>Sends it to whoever follows.</summary>
    internal sealed class Peer(MadeUpJournal journal) : Journal.V1.Journal.JournalBase
    {
        public override async Task Follow(FollowRequest request, IServerStreamWriter<FollowResponse> responseStream, ServerCallContext context)
        {
            for (var after = request.AfterPosition; !context.CancellationToken.IsCancellationRequested; await Task.Delay(20, context.CancellationToken))
            {
                var entries = journal.Entries.Skip((int)after).ToArray();
                if (entries.Length > 0)
                    await responseStream.WriteAsync(new FollowResponse { Entries = { entries } }, context.CancellationToken);
                after += entries.Length;
            }
        }
    }
}
