using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Delegation.TestKit.Access;

/// <summary>A value that a field of a command cannot have.</summary>
/// <param name="Path">The field, with the fields and places around it, as refusals name it.</param>
/// <param name="What">What is wrong with the value.</param>
/// <param name="Set">Puts it into the request that the field was found in.</param>
internal sealed record BadField(string Path, string What, Action Set)
{
    // What they hold is no text for people, and is refused in its own way: as not found, or as stale.
    private static readonly string[] Opaque = ["code", "etag", "text_sha256"];

    /// <summary>One for each field of a request, in the messages that it has within it too.</summary>
    public static IEnumerable<BadField> In(IMessage message, string path = "")
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder().Where(field => !field.IsMap && !Opaque.Contains(field.Name)))
        {
            var here = path + field.Name;
            var found = (field.FieldType, field.Accessor.GetValue(message)) switch
            {
                (FieldType.Message, IList { Count: > 0 } list) => In((IMessage)list[0]!, $"{here}[0]."),
                (FieldType.Message, IMessage inner) when !inner.Descriptor.FullName.StartsWith("google.protobuf.", StringComparison.Ordinal) => In(inner, $"{here}."),
                (FieldType.String, string) => [Bad(field, message, here)],
                (FieldType.Enum, not IList) => [new BadField(here, "a number that stands for nothing", () => field.Accessor.SetValue(message, 9999))],
                (FieldType.Int32, int and not 0) => [new BadField(here, "a negative number", () => field.Accessor.SetValue(message, -1))],
                (FieldType.Int64, long and not 0) => [new BadField(here, "a negative number", () => field.Accessor.SetValue(message, -1L))],
                _ => [],
            };
            foreach (var bad in found)
                yield return bad;
        }
    }

    private static BadField Bad(FieldDescriptor field, IMessage message, string path)
    {
        var (what, value) = field.Name switch
        {
            "id" or "request_id" => ("no id", "nonsense"),
            var name when name.EndsWith("_id", StringComparison.Ordinal) => ("no id", "nonsense"),
            var name when name.EndsWith("_day", StringComparison.Ordinal) => ("a day in another form", "31/12/2026"),
            // PostgreSQL keeps no such text: whoever lets it through finds out there.
            _ => ("a text with a control character", "a\0b"),
        };
        return new BadField(path, what, () => field.Accessor.SetValue(message, value));
    }
}
