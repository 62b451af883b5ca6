using System.Buffers;
using System.Globalization;
using System.Text;
using Delegation.Gateway.Rest.Routing;
using Google.Protobuf;

namespace Delegation.Gateway.Rest.Json;

/// <summary>
/// Messages as JSON by the proto3 mapping. Fields without presence are written when they have their default value too (numbers, texts, lists), so that an
/// answer has the same shape whatever it says; messages and <c>optional</c> fields that are not set are left out.
/// </summary>
internal static class JsonAnswer
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    /// <summary>A message, wherever it is shown.</summary>
    public static string Text(IMessage message) => Formatter.Format(message);

    /// <summary>The answer of a call: the message, or the one field that its binding names.</summary>
    public static void Write(IBufferWriter<byte> output, IMessage message, RestBinding binding)
    {
        if (binding.ResponseField is not { } field)
        {
            Encoding.UTF8.GetBytes(Text(message), output);
            return;
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Formatter.WriteValue(text, field.Accessor.GetValue(message));
        Encoding.UTF8.GetBytes(text.ToString(), output);
    }
}
