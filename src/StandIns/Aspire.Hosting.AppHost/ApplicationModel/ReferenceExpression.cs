using System.Globalization;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with holes that are filled with values known only at run time: <c>$"Host={endpoint};Password={parameter}"</c>.</summary>
public class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    private readonly string[] _manifestExpressions;
    private readonly string?[] _stringFormats;

    internal ReferenceExpression(ReferenceExpressionParts parts)
    {
        Format = parts.Format.ToString();
        ValueProviders = [.. parts.Values];
        _manifestExpressions = [.. parts.ManifestExpressions];
        _stringFormats = [.. parts.StringFormats];
    }

    /// <summary>The expression without text; its value is null.</summary>
    public static readonly ReferenceExpression Empty = new(new ReferenceExpressionParts());

    /// <summary>The text, as a composite format string.</summary>
    public string Format { get; }

    /// <summary>What fills the holes, in order.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    /// <summary>What a manifest writes into the holes, in order.</summary>
    public IReadOnlyList<string> ManifestExpressions => _manifestExpressions;

    /// <summary>How each hole is written: null as it is, <c>uri</c> percent-encoded.</summary>
    public IReadOnlyList<string?> StringFormats => _stringFormats;

    /// <inheritdoc />
    public string ValueExpression => string.Format(CultureInfo.InvariantCulture, Format, _manifestExpressions);

    IEnumerable<object> IValueWithReferences.References => ValueProviders;

    /// <summary>Makes an expression from an interpolated string.</summary>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.GetExpression();

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(new ValueProviderContext(), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        if (Format.Length == 0)
        {
            return null;
        }

        var values = new object?[ValueProviders.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var value = await ValueProviders[i].GetValueAsync(context, cancellationToken);
            values[i] = value is null ? null : ReferenceExpressionParts.Write(value, _stringFormats[i]);
        }

        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    /// <summary>Receives the pieces of the interpolated string from the compiler.</summary>
    [InterpolatedStringHandler]
#pragma warning disable CS9113, IDE0060 // The compiler passes the sizes; the builder grows by itself.
    public ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
#pragma warning restore CS9113, IDE0060
    {
        private readonly ReferenceExpressionParts _parts = new();

        /// <summary>Adds text.</summary>
        public readonly void AppendLiteral(string value) => _parts.AddText(value, format: null);

        /// <summary>Adds a value that is known now.</summary>
        public readonly void AppendFormatted(string? value) => _parts.AddText(value, format: null);

        /// <summary>Adds a value that is known now, in a format.</summary>
        public readonly void AppendFormatted(string? value, string? format = null) => _parts.AddText(value, format);

        /// <summary>Adds a value that is known at run time.</summary>
        public readonly void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider, format: null);

        /// <summary>Adds a value that is known at run time, in a format.</summary>
        public readonly void AppendFormatted<T>(T valueProvider, string? format = null)
            where T : IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider, format);

        /// <summary>Adds the value of a resource.</summary>
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider.Resource, format: null);

        /// <summary>Adds the value of a resource, in a format.</summary>
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider.Resource, format);

        /// <summary>Refused: a whole expression cannot be put into another one in a format.</summary>
        [Obsolete("ReferenceExpression instances can't be used in interpolated string with a custom format. Duplicate the inner expression in-place.", error: true)]
        public readonly void AppendFormatted(ReferenceExpression valueProvider, string format) =>
            throw new InvalidOperationException("An expression cannot be used in an interpolated string with a custom format.");

        internal readonly ReferenceExpression GetExpression() => new(_parts);
    }
}
