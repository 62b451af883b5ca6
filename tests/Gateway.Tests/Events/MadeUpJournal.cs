using Delegation.Contracts.V1;
using Delegation.Journal.V1;
using Delegation.ServiceDefaults.Errors;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Delegation.Gateway.Tests.Events;

/// <summary>The journal of a service, in memory: it outlives the hosts that serve it, as a database does.</summary>
/// <param name="kept">Where entries are written too; null for nowhere.</param>
internal sealed class MadeUpJournal(Action<Entry>? kept = null)
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Who belongs where, by subject: what Contracts knows.</summary>
    public Dictionary<string, string> Members { get; } = [];

    /// <summary>Writes an entry about an organisation.</summary>
    public string Append(string owner, IMessage what, string? delegation = null, string? @delegate = null, Entry.Types.Visibility visibility = Entry.Types.Visibility.Both)
    {
        lock (_lock)
        {
            var entry = new Entry
            {
                Position = _entries.Count + 1,
                Hash = ByteString.CopyFrom(Guid.NewGuid().ToByteArray()),
                EntryId = Guid.CreateVersion7().ToString(),
                OwnerId = owner,
                DelegationId = delegation ?? "",
                DelegateId = @delegate ?? "",
                Visibility = visibility,
                ObjectType = "organization",
                ObjectId = Guid.CreateVersion7().ToString(),
                Revision = 1,
                OccurTime = Timestamp.FromDateTime(DateTime.UtcNow),
                EventType = what.Descriptor.FullName,
                Payload = what.ToByteString(),
            };
            Append(entry);
            kept?.Invoke(entry);
            return entry.EntryId;
        }
    }

    /// <summary>Takes an entry as it was written.</summary>
    public void Append(Entry entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
            Interlocked.Exchange(ref _news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }

    public async Task FollowAsync(FollowRequest request, IServerStreamWriter<FollowResponse> responses, CancellationToken cancellationToken)
    {
        var position = request.FromEnd ? After(0).Entries.Count : request.AfterPosition;
        if (request.FromEnd)
            await responses.WriteAsync(new FollowResponse { Position = position }, cancellationToken);
        while (true)
        {
            var (entries, news) = After(position);
            if (entries.Count > 0)
                await responses.WriteAsync(new FollowResponse { Entries = { entries }, Position = position = entries[^1].Position }, cancellationToken);
            await news.WaitAsync(cancellationToken);
        }
    }

    private (List<Entry> Entries, Task News) After(long position)
    {
        lock (_lock)
            return ([.. _entries.Skip((int)position)], _news.Task);
    }
}

/// <summary>Serves it.</summary>
internal sealed class MadeUpJournalService(MadeUpJournal journal) : Delegation.Journal.V1.Journal.JournalBase
{
    public override Task Follow(FollowRequest request, IServerStreamWriter<FollowResponse> responseStream, ServerCallContext context) =>
        EventsPlatform.SubjectOf(context.RequestHeaders.GetValue("authorization")!) == "gateway"
            ? journal.FollowAsync(request, responseStream, context.CancellationToken)
            : throw RpcErrors.PermissionDenied("SYSTEM_REQUIRED", new LocalizedText("For services.", "Réservé aux services."));
}

/// <summary>Says for which organisation a call is, as the interceptor of every service does.</summary>
internal sealed class MadeUpMembers(MadeUpJournal journal) : Members.MembersBase
{
    public override async Task<ListMembersResponse> ListMembers(ListMembersRequest request, ServerCallContext context)
    {
        var subject = EventsPlatform.SubjectOf(context.RequestHeaders.GetValue("authorization")!);
        if (!journal.Members.TryGetValue(subject, out var organization))
            throw RpcErrors.PermissionDenied("MEMBERSHIP_REQUIRED", new LocalizedText("Not a member.", "Pas membre."));

        await context.WriteResponseHeadersAsync(new Metadata { { "organization", organization } });
        return new ListMembersResponse();
    }
}
