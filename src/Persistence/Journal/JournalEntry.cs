using Google.Protobuf;

namespace Delegation.Persistence.Journal;

/// <summary>One entry of a journal: who, when, which object and revision, what happened.</summary>
/// <param name="EntryId">Identifies the entry: UUID version 7.</param>
/// <param name="OwnerId">The organisation whose matter it is, and in whose chain it is sealed.</param>
/// <param name="DelegationId">The delegation that it belongs to, or null.</param>
/// <param name="DelegateId">The delegate of that delegation, or null.</param>
/// <param name="Visibility">Who of the two parties may see it.</param>
/// <param name="ObjectType">Kind of the object that changed.</param>
/// <param name="ObjectId">The object that changed.</param>
/// <param name="Revision">The revision that it has since.</param>
/// <param name="OrganizationId">For which organisation the actor acted; null when the platform itself did.</param>
/// <param name="PersonId">Who acted; null when the platform itself did.</param>
/// <param name="OccurTime">When it was accepted: UTC, in microseconds.</param>
/// <param name="EventType">Full name of the message that says what happened.</param>
/// <param name="Payload">That message, serialized; null once erased.</param>
public sealed record JournalEntry(
    Guid EntryId, Guid OwnerId, Guid? DelegationId, Guid? DelegateId, Visibility Visibility, string ObjectType, Guid ObjectId, long Revision,
    Guid? OrganizationId, Guid? PersonId, DateTime OccurTime, string EventType, ReadOnlyMemory<byte>? Payload)
{
    /// <summary>What happened, if it is an event of that type that was not erased; else null.</summary>
    public TEvent? EventAs<TEvent>()
        where TEvent : class, IMessage<TEvent>, new()
    {
        var read = new TEvent();
        if (EventType != read.Descriptor.FullName || Payload is not { } payload)
            return null;

        read.MergeFrom(payload.Span);
        return read;
    }
}

/// <summary>An entry with its place in the journal.</summary>
/// <param name="Position">Place in the journal of the service: 1, 2, 3 … without gap.</param>
/// <param name="OwnerPosition">Place among the entries of its owner in this journal: 1, 2, 3 … without gap.</param>
/// <param name="Hash">Chains it to the entry before of the same owner: 32 bytes.</param>
/// <param name="Entry">The entry.</param>
public sealed record SealedEntry(long Position, long OwnerPosition, ReadOnlyMemory<byte> Hash, JournalEntry Entry)
{
    /// <summary>Whether the delegate has left the delegation since: to it the entry is that of a stranger.</summary>
    public bool DelegateDeparted { get; init; }
}
