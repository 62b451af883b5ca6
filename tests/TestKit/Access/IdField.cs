using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Delegation.TestKit.Access;

/// <summary>An id in a request: where it is, and which.</summary>
/// <param name="Path">The field, with the fields and places around it.</param>
/// <param name="Value">The id.</param>
/// <param name="Set">Puts another in its place, in the request that it was found in.</param>
internal sealed record IdField(string Path, string Value, Action<string> Set)
{
    /// <summary>All ids in a request but its own: strings whose field is named as an id and that hold a UUID.</summary>
    public static IEnumerable<IdField> In(IMessage message, string path = "")
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder().Where(field => !field.IsMap && field.Name != "request_id"))
        {
            var value = field.Accessor.GetValue(message);
            var here = path + field.Name;
            var found = (field.FieldType, value) switch
            {
                (FieldType.Message, IList list) => list.Cast<IMessage>().SelectMany((item, place) => In(item, $"{here}[{place}].")),
                (FieldType.Message, IMessage inner) => In(inner, $"{here}."),
                (FieldType.String, IList list) when IsId(field) => InList(list, here),
                (FieldType.String, string id) when IsId(field) => [new IdField(here, id, other => field.Accessor.SetValue(message, other))],
                _ => [],
            };
            foreach (var id in found.Where(id => Guid.TryParseExact(id.Value, "D", out _)))
                yield return id;
        }
    }

    private static IEnumerable<IdField> InList(IList list, string path) => Enumerable.Range(0, list.Count)
        .Select(place => new IdField($"{path}[{place}]", (string)list[place]!, other => list[place] = other));

    private static bool IsId(FieldDescriptor field) =>
        field.Name == "id" || field.Name.EndsWith("_id", StringComparison.Ordinal) || field.Name.EndsWith("_ids", StringComparison.Ordinal);
}
