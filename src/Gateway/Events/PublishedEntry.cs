using System.Text.Json;
using Delegation.Contracts.V1;
using Delegation.Gateway.Rest.Json;
using Delegation.Journal.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Delegation.Gateway.Events;

/// <summary>An entry of a service's journal, as those see it who may.</summary>
internal sealed class PublishedEntry
{
    private readonly Lazy<byte[]> _data;

    public PublishedEntry(string service, Entry entry)
    {
        Entry = entry;
        // Made for the first who reads it, and once for all of them.
        _data = new Lazy<byte[]>(() => Write(service, entry));
    }

    public Entry Entry { get; }

    /// <summary>JSON on one line.</summary>
    public byte[] Data => _data.Value;

    /// <summary>
    /// Whether an organisation may see it: its owner, or the delegate of the delegation that it belongs to, unless it is for the other of the two alone, or the delegate has
    /// left since.
    /// </summary>
    public bool IsVisibleTo(string organization) =>
        Entry.OwnerId == organization && (Entry.DelegationId.Length == 0 || Entry.Visibility != Entry.Types.Visibility.Delegate)
        || Entry.DelegateId == organization && !Entry.DelegateDeparted && Entry.Visibility != Entry.Types.Visibility.Insurer;

    /// <summary>Whose membership ended by it: the person's issuer and subject; null when it is about something else.</summary>
    public (string Issuer, string Subject)? EndedMembership()
    {
        if (Entry.EventType != MembershipEnded.Descriptor.FullName || !Entry.HasPayload)
            return null;

        var ended = MembershipEnded.Parser.ParseFrom(Entry.Payload);
        return (ended.Issuer, ended.Subject);
    }

    private static byte[] Write(string service, Entry entry)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("service", service);
            json.WriteString("entryId", entry.EntryId);
            json.WriteString("objectType", entry.ObjectType);
            json.WriteString("objectId", entry.ObjectId);
            // 64 bits are a string in the JSON of protobuf, since JavaScript has 53.
            json.WriteString("revision", $"{entry.Revision}");
            json.WriteString("eventType", entry.EventType);
            json.WriteString("occurTime", entry.OccurTime.ToDateTime());
            WriteUnlessEmpty(json, "delegationId", entry.DelegationId);
            WriteUnlessEmpty(json, "organizationId", entry.OrganizationId);
            WriteUnlessEmpty(json, "personId", entry.PersonId);
            if (KnownEvents.Find(entry.EventType) is { } type && entry.HasPayload)
            {
                json.WritePropertyName("event");
                json.WriteRawValue(JsonAnswer.Text(type.Parser.ParseFrom(entry.Payload)));
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteUnlessEmpty(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
            json.WriteString(name, value);
    }

    /// <summary>The events of the contract that are for people. What names a person's issuer and subject is for services, which admit callers by it.</summary>
    private static class KnownEvents
    {
        private static readonly Dictionary<string, MessageDescriptor> Types = typeof(MembershipEnded).Assembly.GetExportedTypes()
            .Where(type => typeof(IMessage).IsAssignableFrom(type))
            .Select(type => ((IMessage)Activator.CreateInstance(type)!).Descriptor)
            .Where(type => !NamesABearer(type, []))
            .ToDictionary(type => type.FullName);

        public static MessageDescriptor? Find(string name) => Types.GetValueOrDefault(name);

        private static bool NamesABearer(MessageDescriptor type, HashSet<MessageDescriptor> seen) => seen.Add(type) && type.Fields.InDeclarationOrder()
            .Any(field => field is { FieldType: FieldType.String, Name: "issuer" or "subject" } || field.FieldType == FieldType.Message && NamesABearer(field.MessageType, seen));
    }
}
