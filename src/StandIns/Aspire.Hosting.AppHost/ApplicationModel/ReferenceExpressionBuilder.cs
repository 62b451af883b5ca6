using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Makes a <see cref="ReferenceExpression"/> piece by piece.</summary>
public class ReferenceExpressionBuilder
{
    private readonly ReferenceExpressionParts _parts = new();

    /// <summary>Whether nothing was added yet.</summary>
    public bool IsEmpty => _parts.Format.Length == 0;

    /// <summary>Adds an interpolated string.</summary>
#pragma warning disable CA1822, IDE0060 // The handler has already written into this builder when the call is made.
    public void Append([InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler)
#pragma warning restore CA1822, IDE0060
    {
    }

    /// <summary>Adds text.</summary>
    public void AppendLiteral(string value) => _parts.AddText(value, format: null);

    /// <summary>Adds a value that is known now.</summary>
    public void AppendFormatted(string? value) => _parts.AddText(value, format: null);

    /// <summary>Adds a value that is known now, in a format.</summary>
    public void AppendFormatted(string? value, string? format = null) => _parts.AddText(value, format);

    /// <summary>Adds a value that is known at run time.</summary>
    public void AppendFormatted<T>(T valueProvider)
        where T : IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider, format: null);

    /// <summary>Adds a value that is known at run time, in a format.</summary>
    public void AppendFormatted<T>(T valueProvider, string? format)
        where T : IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider, format);

    /// <summary>The expression made of all that was added.</summary>
    public ReferenceExpression Build() => new(_parts);

    /// <summary>Receives the pieces of an interpolated string from the compiler.</summary>
    [InterpolatedStringHandler]
#pragma warning disable CS9113, IDE0060 // The compiler passes the sizes; the builder grows by itself.
    public readonly ref struct ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder)
#pragma warning restore CS9113, IDE0060
    {
        /// <summary>Adds text.</summary>
        public void AppendLiteral(string value) => builder.AppendLiteral(value);

        /// <summary>Adds a value that is known now.</summary>
        public void AppendFormatted(string? value) => builder.AppendFormatted(value);

        /// <summary>Adds a value that is known now, in a format.</summary>
        public void AppendFormatted(string? value, string format) => builder.AppendFormatted(value, format);

        /// <summary>Adds a value that is known at run time.</summary>
        public void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => builder.AppendFormatted(valueProvider);

        /// <summary>Adds a value that is known at run time, in a format.</summary>
        public void AppendFormatted<T>(T valueProvider, string? format)
            where T : IValueProvider, IManifestExpressionProvider => builder.AppendFormatted(valueProvider, format);

        /// <summary>Adds the value of a resource.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => builder.AppendFormatted(valueProvider.Resource);

        /// <summary>Adds the value of a resource, in a format.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format)
            where T : IResource, IValueProvider, IManifestExpressionProvider => builder.AppendFormatted(valueProvider.Resource, format);
    }
}
