using Delegation.Gateway.OpenApi;
using Google.Api;
using Google.Protobuf.Reflection;
using EnumDescriptor = Google.Protobuf.Reflection.EnumDescriptor;

namespace Delegation.Gateway.Tests.OpenApi;

/// <summary>
/// What callers of the contract rely on, one promise per line, as <c>docs/api/contract.txt</c> keeps it: messages with their fields by
/// number, enums, services, and the routes of REST.
/// </summary>
/// <param name="Promises">By the element that holds it, as <c>message delegation.x.v1.Y</c>, and by its key there, as the number of a field.</param>
internal sealed record Surface(IReadOnlyDictionary<(string Holder, string Key), string> Promises)
{
    private const int LongestReservedRange = 1000;

    public static Surface Of(FileDescriptorSet set)
    {
        var files = DescriptorSet.Link(set).Where(file => file.Package.StartsWith("delegation.", StringComparison.Ordinal)).ToList();
        var messages = files.SelectMany(file => file.MessageTypes).SelectMany(WithNested).ToList();
        return new(messages.SelectMany(Of)
            .Concat(files.SelectMany(file => file.EnumTypes).Concat(messages.SelectMany(message => message.EnumTypes)).SelectMany(Of))
            .Concat(files.SelectMany(file => file.Services).SelectMany(Of))
            .ToDictionary(promise => (promise.Holder, promise.Key), promise => promise.Value));
    }

    public static Surface Parse(string text)
    {
        var promises = new Dictionary<(string, string), string>();
        var holder = "";
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
            if (line[0] != ' ')
                promises.Add((holder = line, ""), "");
            else if (line.Trim().Split(": ", 2) is [var key, .. var value])
                promises.Add((holder, key), string.Concat(value));
        return new(promises);
    }

    /// <summary>Blocks by name, fields by number: two changes apart in the contract are apart here.</summary>
    public override string ToString() => string.Concat(
        from promise in Promises
        orderby promise.Key.Holder.Split(' ')[1], promise.Key.Holder, promise.Key.Key.Length > 0 && !char.IsDigit(promise.Key.Key[0]),
            promise.Key.Key.Split(' ')[0].Length, promise.Key.Key
        select promise.Key.Key.Length == 0 ? $"\n{promise.Key.Holder}\n" : $"  {promise.Key.Key}{(promise.Value.Length > 0 ? ": " : "")}{promise.Value}\n");

    private static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message) =>
        message.GetOptions() is { MapEntry: true } ? [] : [message, .. message.NestedTypes.SelectMany(WithNested)];

    private static IEnumerable<(string Holder, string Key, string Value)> Of(MessageDescriptor message)
    {
        var (holder, proto) = ($"message {message.FullName}", message.ToProto());
        return
        [
            (holder, "", ""),
            .. message.Fields.InFieldNumberOrder().Select(field => (holder, $"{field.FieldNumber}", $"{field.Name} {TypeOf(field)}")),
            .. proto.ReservedRange.SelectMany(range => Reserved(holder, range.Start, range.End - 1)),
            .. proto.ReservedName.Select(name => (holder, $"reserved {name}", "")),
        ];
    }

    private static IEnumerable<(string Holder, string Key, string Value)> Of(EnumDescriptor values)
    {
        var (holder, proto) = ($"enum {values.FullName}", values.ToProto());
        return
        [
            (holder, "", ""),
            .. values.Values.Select(value => (holder, $"{value.Number}", value.Name)),
            .. proto.ReservedRange.SelectMany(range => Reserved(holder, range.Start, range.End)),
            .. proto.ReservedName.Select(name => (holder, $"reserved {name}", "")),
        ];
    }

    private static IEnumerable<(string Holder, string Key, string Value)> Of(ServiceDescriptor service)
    {
        var holder = $"service {service.FullName}";
        return
        [
            (holder, "", ""),
            .. service.Methods.Select(method => (holder, $"rpc {method.Name}",
                $"({Stream(method.IsClientStreaming)}{method.InputType.FullName}) returns ({Stream(method.IsServerStreaming)}{method.OutputType.FullName})")),
            .. service.Methods.SelectMany(method => Rules(method).Select(rule => (holder, $"route {Route(rule)}", $"{method.Name}{Body(rule)}"))),
        ];
    }

    private static IEnumerable<(string Holder, string Key, string Value)> Reserved(string holder, int first, int last) =>
        last - first < LongestReservedRange
            ? Enumerable.Range(first, last - first + 1).Select(number => (holder, $"reserved {number}", ""))
            : throw new InvalidOperationException($"{holder} reserves more than {LongestReservedRange} numbers; name those that were used.");

    private static string TypeOf(FieldDescriptor field) =>
        field.IsMap ? $"map<{TypeOf(field.MessageType.FindFieldByNumber(1))}, {TypeOf(field.MessageType.FindFieldByNumber(2))}>"
        : string.Concat(
            field.IsRepeated ? "repeated " : "",
            field is { HasPresence: true, RealContainingOneof: null, FieldType: not FieldType.Message } ? "optional " : "",
            field.FieldType switch
            {
                FieldType.Message => field.MessageType.FullName,
                FieldType.Enum => field.EnumType.FullName,
                var type => type.ToString().ToLowerInvariant(),
            },
            field.RealContainingOneof is { } oneof ? $" in oneof {oneof.Name}" : "");

    private static IEnumerable<HttpRule> Rules(MethodDescriptor method) =>
        method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is { } rule ? [rule, .. rule.AdditionalBindings] : [];

    private static string Route(HttpRule rule) => rule.PatternCase == HttpRule.PatternOneofCase.Custom
        ? $"{rule.Custom.Kind} {rule.Custom.Path}"
        : $"{rule.PatternCase.ToString().ToUpperInvariant()} {rule.Get}{rule.Put}{rule.Post}{rule.Delete}{rule.Patch}";

    private static string Body(HttpRule rule) =>
        string.Concat(rule.Body.Length > 0 ? $", body {rule.Body}" : "", rule.ResponseBody.Length > 0 ? $", answer {rule.ResponseBody}" : "");

    private static string Stream(bool streams) => streams ? "stream " : "";
}
