using System.Text.Json.Nodes;
using Delegation.Gateway.Rest.Routing;
using Google.Protobuf.Reflection;

namespace Delegation.Gateway.OpenApi;

/// <summary>Messages that JSON writes in a form of their own.</summary>
internal static class WellKnown
{
    /// <summary>The schema, or null for a message like any other.</summary>
    public static JsonObject? Of(MessageDescriptor message) => message.FullName switch
    {
        "google.protobuf.Timestamp" => new() { ["type"] = "string", ["format"] = "date-time" },
        "google.protobuf.Duration" => new() { ["type"] = "string", ["pattern"] = @"^-?[0-9]+(\.[0-9]{1,9})?s$" },
        "google.protobuf.FieldMask" => new() { ["type"] = "string" },
        "google.protobuf.Struct" => new() { ["type"] = "object", ["additionalProperties"] = true },
        "google.protobuf.Value" => [],
        "google.protobuf.ListValue" => new() { ["type"] = "array", ["items"] = new JsonObject() },
        "google.protobuf.Empty" => new() { ["type"] = "object", ["additionalProperties"] = false },
        "google.protobuf.Any" => new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["@type"] = new JsonObject { ["type"] = "string" } },
            ["required"] = new JsonArray("@type"),
        },
        _ => TextForms.IsWrapper(message) ? Nullable(Scalars.Of(message.FindFieldByNumber(1).FieldType)) : null,
    };

    private static JsonObject Nullable(JsonObject schema)
    {
        schema["type"] = new JsonArray((string)schema["type"]!, "null");
        return schema;
    }
}
