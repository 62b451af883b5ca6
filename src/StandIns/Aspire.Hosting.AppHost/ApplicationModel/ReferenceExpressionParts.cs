using System.Globalization;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Collects what an interpolated string is made of.</summary>
internal sealed class ReferenceExpressionParts
{
    public StringBuilder Format { get; } = new();

    public List<IValueProvider> Values { get; } = [];

    public List<string> ManifestExpressions { get; } = [];

    public List<string?> StringFormats { get; } = [];

    public void AddText(string? text, string? format)
    {
        if (text is not null)
        {
            // Braces in the text must survive the composite formatting that fills the holes.
            Format.Append(Write(text, format).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        }
    }

    public void AddValue<T>(T value, string? format)
        where T : IValueProvider, IManifestExpressionProvider
    {
        ArgumentNullException.ThrowIfNull(value);

        Format.Append(CultureInfo.InvariantCulture, $"{{{Values.Count}}}");
        Values.Add(value);
        ManifestExpressions.Add(value.ValueExpression);
        StringFormats.Add(format);
    }

    public static string Write(string value, string? format) => format switch
    {
        null => value,
        "uri" => Uri.EscapeDataString(value),
        _ => throw new FormatException($"The format '{format}' is not supported. Supported formats: uri."),
    };
}
