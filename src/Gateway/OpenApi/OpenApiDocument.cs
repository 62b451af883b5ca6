using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Delegation.Gateway.Rest.Routing;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Delegation.Gateway.OpenApi;

/// <summary>The contract as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1.html): the same text for the same contract.</summary>
internal static class OpenApiDocument
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="services">The services to describe.</param>
    /// <param name="comments">What is said of their elements.</param>
    public static JsonObject Of(IEnumerable<ServiceDescriptor> services, Comments comments)
    {
        var bindings = RestContract.Of(services);
        var schemas = new Schemas(comments, bindings.Select(binding => binding.Method.InputType));
        var paths = Paths(bindings, new Operations(comments, schemas));
        return new()
        {
            ["openapi"] = "3.1.1",
            ["info"] = SharedParts.Info(),
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { [SharedParts.Bearer] = new JsonArray() }),
            ["tags"] = Tags(bindings, comments),
            ["paths"] = paths,
            ["components"] = SharedParts.Components(schemas),
        };
    }

    public static string Write(JsonObject document) => document.ToJsonString(Readable) + "\n";

    private static JsonArray Tags(IEnumerable<RestBinding> bindings, Comments comments) =>
    [
        .. from service in bindings.Select(binding => binding.Method.Service).Distinct()
           orderby service.Name
           select new JsonObject { ["name"] = service.Name, ["description"] = comments.Of(service) },
    ];

    private static JsonObject Paths(IEnumerable<RestBinding> bindings, Operations operations)
    {
        var paths = new SortedDictionary<string, SortedDictionary<string, JsonObject>>(StringComparer.Ordinal);
        foreach (var method in bindings.GroupBy(binding => binding.Method))
            foreach (var (index, binding) in method.Index())
            {
                var path = Operations.PathOf(binding);
                if (!paths.TryGetValue(path, out var methods))
                    paths.Add(path, methods = new(StringComparer.Ordinal));
                methods.Add(binding.HttpMethod.ToLowerInvariant(), operations.Of(binding, index + 1));
            }

        return Object(paths.Select(path => (path.Key, Object(path.Value.Select(method => (method.Key, method.Value))))));
    }

    private static JsonObject Object(IEnumerable<(string Name, JsonObject Value)> properties) =>
        new(properties.Select(property => KeyValuePair.Create<string, JsonNode?>(property.Name, property.Value)));
}
