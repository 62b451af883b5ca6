using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Delegation.Gateway.OpenApi;

/// <summary>The schemas of plain values.</summary>
internal static class Scalars
{
    public static JsonObject Of(FieldType type) => type switch
    {
        FieldType.Bool => new() { ["type"] = "boolean" },
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => new() { ["type"] = "integer", ["format"] = "int32" },
        FieldType.UInt32 or FieldType.Fixed32 => new() { ["type"] = "integer", ["format"] = "uint32", ["minimum"] = 0 },
        // As texts: a JavaScript number is exact to 2^53 only.
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => new() { ["type"] = "string", ["format"] = "int64" },
        FieldType.UInt64 or FieldType.Fixed64 => new() { ["type"] = "string", ["format"] = "uint64" },
        FieldType.Float => new() { ["type"] = "number", ["format"] = "float" },
        FieldType.Double => new() { ["type"] = "number", ["format"] = "double" },
        FieldType.Bytes => new() { ["type"] = "string", ["contentEncoding"] = "base64" },
        _ => new() { ["type"] = "string" },
    };
}
