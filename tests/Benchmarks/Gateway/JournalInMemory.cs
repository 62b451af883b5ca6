using Delegation.Journal.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Delegation.Benchmarks.Gateway;

/// <summary>A journal that is not written down.</summary>
internal sealed class JournalInMemory
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Append(string owner, IMessage what)
    {
        lock (_lock)
        {
            _entries.Add(new Entry
            {
                Position = _entries.Count + 1,
                Hash = ByteString.CopyFrom(Guid.NewGuid().ToByteArray()),
                EntryId = Guid.CreateVersion7().ToString(),
                OwnerId = owner,
                Visibility = Entry.Types.Visibility.Both,
                ObjectType = "organization",
                ObjectId = owner,
                Revision = _entries.Count + 1,
                OccurTime = Timestamp.FromDateTime(DateTime.UtcNow),
                EventType = what.Descriptor.FullName,
                Payload = what.ToByteString(),
            });
            Interlocked.Exchange(ref _news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }

    public (IReadOnlyList<Entry> Entries, Task News) After(long position)
    {
        lock (_lock)
            return ([.. _entries.Skip((int)position)], _news.Task);
    }
}

/// <summary>Serves it.</summary>
internal sealed class JournalInMemoryService(JournalInMemory journal) : Delegation.Journal.V1.Journal.JournalBase
{
    public override async Task Follow(FollowRequest request, IServerStreamWriter<FollowResponse> responseStream, ServerCallContext context)
    {
        var position = request.FromEnd ? journal.After(0).Entries.Count : request.AfterPosition;
        if (request.FromEnd)
            await responseStream.WriteAsync(new FollowResponse { Position = position }, context.CancellationToken);
        while (true)
        {
            var (entries, news) = journal.After(position);
            if (entries.Count > 0)
                await responseStream.WriteAsync(new FollowResponse { Entries = { entries }, Position = position = entries[^1].Position }, context.CancellationToken);
            await news.WaitAsync(context.CancellationToken);
        }
    }
}
