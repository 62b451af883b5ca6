using System.Text.Json;
using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Google.Protobuf.Reflection;

namespace Delegation.Contracts.Audits.Pack;

/// <summary>A read of a delegation, or of each of many objects in it.</summary>
/// <param name="Service">The process that serves it, as <c>delivery</c>.</param>
/// <param name="Rpc">The rpc.</param>
/// <param name="Key">Where the ids come from that it needs beside the delegation's; null when it needs none.</param>
internal sealed record PackPart(string Service, MethodDescriptor Rpc, PackKey? Key)
{
    /// <summary>What it is about.</summary>
    public AuditSubject Subject { get; } = AuditSubjects.Of(Rpc);

    /// <summary>The objects in a page; null where the answer is one object.</summary>
    public FieldDescriptor? Items { get; } = Rpc.OutputType.FindFieldByName("next_page_token") is null
        ? null
        : Rpc.OutputType.Fields.InDeclarationOrder().FirstOrDefault(field => field is { IsRepeated: true, FieldType: FieldType.Message });

    /// <summary>Whether it answers files, each of which is one in the pack too.</summary>
    public bool IsFile => Rpc.IsServerStreaming;

    /// <summary>Where it is in a pack.</summary>
    public string Path => $"{Service}/{JsonNamingPolicy.SnakeCaseLower.ConvertName(Rpc.Name)}{(IsFile ? "" : Items is null && Key is null ? ".json" : ".ndjson")}";

    /// <summary>The subjects that a mission names to let all of it be read.</summary>
    public IEnumerable<AuditSubject> Subjects => Key is null ? [Subject] : Key.List.Subjects.Append(Subject);

    /// <summary>The ids that are known where it is read.</summary>
    public IEnumerable<string> Ids => Key is null ? [] : [.. Key.List.Ids, Key.Field, .. Key.Within is null ? Array.Empty<string>() : [PackKey.IdOf(Key.List.Items!.MessageType)]];
}

/// <summary>Whose ids a read needs.</summary>
/// <param name="List">The list with these objects.</param>
/// <param name="Within">Where they are in its items; null when they are its items.</param>
/// <param name="Field">The field of the request that takes the id.</param>
internal sealed record PackKey(PackPart List, FieldDescriptor? Within, string Field)
{
    /// <summary>The name that the id of an object has in requests.</summary>
    public static string IdOf(MessageDescriptor type) => $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name)}_id";

    /// <summary>The list, of those known, that has what a request names; null when none has, or when the request needs more than is known there.</summary>
    public static PackKey? Find(MethodDescriptor rpc, IReadOnlyCollection<string> needed, IEnumerable<PackPart> known) =>
        (from list in known
         let items = list.Items
         where items is not null
         from within in items.MessageType.Fields.InDeclarationOrder().Where(field => field is { IsRepeated: true, FieldType: FieldType.Message }).Cast<FieldDescriptor?>().Prepend(null)
         let type = (within ?? items).MessageType
         where type.FindFieldByName("id") is { FieldType: FieldType.String }
         from field in needed
         where IsOf(type, field, rpc, list.Rpc)
         let key = new PackKey(list, within, field)
         let ids = new PackPart(list.Service, rpc, key).Ids.ToArray()
         where needed.All(id => ids.Contains(id))
         select key).FirstOrDefault();

    // In a service of its own an object is called by the last of its words: the `case_id` of a CampaignCase.
    private static bool IsOf(MessageDescriptor type, string field, MethodDescriptor rpc, MethodDescriptor list) =>
        IdOf(type) == field || rpc.Service == list.Service && (IdOf(type).EndsWith($"_{field}", StringComparison.Ordinal) || rpc.OutputType == type);
}
