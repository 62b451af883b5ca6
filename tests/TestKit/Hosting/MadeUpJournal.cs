using System.Security.Cryptography;
using Delegation.Journal.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Delegation.TestKit.Hosting;

/// <summary>The journal of a service that a test does not start: what the test tells, in that order.</summary>
public sealed class MadeUpJournal
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Adds an entry that both parties of a delegation see.</summary>
    public void Tell((Guid Owner, Guid Delegation, Guid Delegate) parties, IMessage happened, string objectType, Guid objectId, long revision = 1)
    {
        lock (_lock)
        {
            _entries.Add(new Entry
            {
                Position = _entries.Count + 1,
                OwnerPosition = _entries.Count + 1,
                Hash = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(32)),
                EntryId = Guid.CreateVersion7().ToString(),
                OwnerId = parties.Owner.ToString(),
                DelegationId = parties.Delegation.ToString(),
                DelegateId = parties.Delegate.ToString(),
                Visibility = Entry.Types.Visibility.Both,
                ObjectType = objectType,
                ObjectId = objectId.ToString(),
                Revision = revision,
                OccurTime = Timestamp.FromDateTime(DateTime.UtcNow),
                EventType = happened.Descriptor.FullName,
                Payload = happened.ToByteString(),
            });
            _news.SetResult();
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private (Entry[] Entries, Task News) After(long position)
    {
        lock (_lock)
            return ([.. _entries.Skip((int)position)], _news.Task);
    }

    /// <summary>Sends it to whoever follows.</summary>
    /// <param name="journal">What is told.</param>
    public sealed class Peer(MadeUpJournal journal) : Journal.V1.Journal.JournalBase
    {
        /// <inheritdoc/>
        public override async Task Follow(FollowRequest request, IServerStreamWriter<FollowResponse> responseStream, ServerCallContext context)
        {
            for (var after = request.AfterPosition; ;)
            {
                var (entries, news) = journal.After(after);
                if (entries.Length > 0)
                    await responseStream.WriteAsync(new FollowResponse { Entries = { entries } }, context.CancellationToken);
                after += entries.Length;
                await news.WaitAsync(context.CancellationToken);
            }
        }
    }
}
