using System.Text;
using System.Text.RegularExpressions;
using Delegation.Gateway.Rest.Routing;
using Google.Protobuf.Reflection;

namespace Delegation.Gateway.Rest.Problems;

/// <summary>Finds the place in the body of the field that an error names: <c>clauses[2].title_text</c> is at <c>/clauses/2/titleText</c>.</summary>
internal static partial class BodyPointer
{
    /// <summary>A JSON pointer (https://www.rfc-editor.org/rfc/rfc6901), or null when the field is not given in the body.</summary>
    public static string? To(string field, RestBinding binding)
    {
        if (!binding.HasBody || binding.TakesBytes)
            return null;
        var steps = Steps(field, binding.Method.InputType).ToArray();
        if (binding.BodyIsRequest)
            return Write(steps);
        return steps.Length > 0 && steps[0] == binding.BodyField!.JsonName ? Write(steps[1..]) : null;
    }

    private static IEnumerable<string> Steps(string field, MessageDescriptor message)
    {
        MessageDescriptor? current = message;
        foreach (Match match in Step().Matches(field))
        {
            if (match.Groups["name"] is { Success: true, Value: var name })
            {
                var found = FieldNames.Find(current, name);
                current = found?.FieldType == FieldType.Message ? found.IsMap ? MapValue(found) : found.MessageType : null;
                yield return found?.JsonName ?? name;
            }
            else
                yield return match.Groups["index"].Success ? match.Groups["index"].Value : match.Groups["key"].Value;
        }
    }

    private static MessageDescriptor? MapValue(FieldDescriptor map) =>
        map.MessageType.FindFieldByNumber(2) is { FieldType: FieldType.Message } value ? value.MessageType : null;

    private static string Write(string[] steps)
    {
        var pointer = new StringBuilder();
        foreach (var step in steps)
            pointer.Append('/').Append(step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        return pointer.ToString();
    }

    [GeneratedRegex("""\[(?<index>[0-9]+)\]|\["(?<key>.*?)"\]|(?<name>[^.\[\]]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Step();
}
