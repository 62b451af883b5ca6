using Delegation.Journal.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Persistence.Journal;

/// <summary>Entries on the wire.</summary>
internal static class EntryMessages
{
    public static Entry ToMessage(this SealedEntry sealedEntry)
    {
        var entry = sealedEntry.Entry;
        var message = new Entry
        {
            Position = sealedEntry.Position,
            OwnerPosition = sealedEntry.OwnerPosition,
            Hash = ByteString.CopyFrom(sealedEntry.Hash.Span),
            EntryId = entry.EntryId.ToString(),
            OwnerId = entry.OwnerId.ToString(),
            DelegationId = Text(entry.DelegationId),
            DelegateId = Text(entry.DelegateId),
            Visibility = entry.Visibility switch
            {
                Visibility.Both => Entry.Types.Visibility.Both,
                Visibility.Insurer => Entry.Types.Visibility.Insurer,
                _ => Entry.Types.Visibility.Delegate,
            },
            ObjectType = entry.ObjectType,
            ObjectId = entry.ObjectId.ToString(),
            Revision = entry.Revision,
            OrganizationId = Text(entry.OrganizationId),
            PersonId = Text(entry.PersonId),
            OccurTime = Timestamp.FromDateTime(entry.OccurTime),
            EventType = entry.EventType,
            DelegateDeparted = sealedEntry.DelegateDeparted,
        };
        if (entry.Payload is { } payload)
            message.Payload = UnsafeByteOperations.UnsafeWrap(payload);

        return message;
    }

    /// <exception cref="FormatException">An id is none: the other side speaks another version of the contract.</exception>
    public static SealedEntry ToEntry(this Entry message) => new(
        message.Position,
        message.OwnerPosition,
        message.Hash.Memory,
        new JournalEntry(
            Guid.Parse(message.EntryId),
            Guid.Parse(message.OwnerId),
            OptionalId(message.DelegationId),
            OptionalId(message.DelegateId),
            message.Visibility switch
            {
                Entry.Types.Visibility.Both => Visibility.Both,
                Entry.Types.Visibility.Insurer => Visibility.Insurer,
                Entry.Types.Visibility.Delegate => Visibility.Delegate,
                var other => throw new FormatException($"The visibility {other} of the entry at {message.Position} is not known here."),
            },
            message.ObjectType,
            Guid.Parse(message.ObjectId),
            message.Revision,
            OptionalId(message.OrganizationId),
            OptionalId(message.PersonId),
            message.OccurTime.ToDateTime(),
            message.EventType,
            message.HasPayload ? message.Payload.Memory : default(ReadOnlyMemory<byte>?)));

    private static string Text(Guid? id) => id?.ToString() ?? "";

    private static Guid? OptionalId(string text) => text.Length == 0 ? null : Guid.Parse(text);
}
