using System.Globalization;
using System.Text.Json;
using Delegation.Gateway.Rest.Routing;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Delegation.Gateway.Rest.Binding;

/// <summary>
/// Single values by the proto3 JSON mapping, from a text (path, query, JSON string) and from JSON: https://protobuf.dev/programming-guides/json/
/// Null stands for "not a value of this field".
/// </summary>
internal static class Scalars
{
    public static object? FromText(FieldDescriptor field, string text) => field.FieldType switch
    {
        FieldType.String => text,
        FieldType.Bool => text switch { "true" => true, "false" => false, _ => null },
        FieldType.Bytes => Bytes(text),
        FieldType.Enum => Enum(field.EnumType, text),
        FieldType.Double => Real(text),
        FieldType.Float => Single(Real(text)),
        FieldType.Message when TextForms.IsWrapper(field.MessageType) => FromText(field.MessageType.FindFieldByNumber(1), text),
        FieldType.Message => WellKnown.Parse(field.MessageType, JsonSerializer.Serialize(text)),
        _ => Whole(text) is { } whole ? Fit(field.FieldType, whole) : null,
    };

    public static object? FromJson(FieldDescriptor field, JsonElement value) => value.ValueKind switch
    {
        // A JSON string of a number is its exact text; of a truth value it is nothing.
        JsonValueKind.String when field.FieldType != FieldType.Bool => FromText(field, value.GetString()!),
        JsonValueKind.True or JsonValueKind.False when field.FieldType == FieldType.Bool => value.GetBoolean(),
        JsonValueKind.Number => field.FieldType switch
        {
            FieldType.String or FieldType.Bytes or FieldType.Bool => null,
            FieldType.Enum => value.TryGetInt32(out var number) ? number : null,
            FieldType.Double => Real(value.GetRawText()),
            FieldType.Float => Single(Real(value.GetRawText())),
            _ => Whole(value.GetRawText()) is { } whole ? Fit(field.FieldType, whole) : null,
        },
        _ => null,
    };

    private static int? Enum(EnumDescriptor type, string text) =>
        type.FindValueByName(text) is { } known ? known.Number
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : null;

    private static object? Fit(FieldType type, Int128 whole) => type switch
    {
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => whole >= int.MinValue && whole <= int.MaxValue ? (int)whole : null,
        FieldType.UInt32 or FieldType.Fixed32 => whole >= 0 && whole <= uint.MaxValue ? (uint)whole : null,
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : null,
        FieldType.UInt64 or FieldType.Fixed64 => whole >= 0 && whole <= ulong.MaxValue ? (ulong)whole : null,
        _ => null,
    };

    // 1.0 and 1e3 are whole numbers too; decimal holds them exactly, beyond the range of every integer type.
    private static Int128? Whole(string text) =>
        text.Length is > 0 and <= 40
        && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        && decimal.Truncate(number) == number
            ? (Int128)number
            : null;

    private static double? Real(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null,
    };

    private static object? Single(double? number) => number switch
    {
        null => null,
        { } real when double.IsFinite(real) && float.IsInfinity((float)real) => null,
        { } real => (float)real,
    };

    private static ByteString? Bytes(string text)
    {
        var standard = text.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        if (standard.Length % 4 == 1 || text.Length - standard.Length > 2)
            return null;
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(standard.PadRight((standard.Length + 3) / 4 * 4, '='), buffer, out var length) && !text.AsSpan().ContainsAny(" \t\r\n")
            ? ByteString.CopyFrom(buffer.AsSpan(0, length))
            : null;
    }
}
