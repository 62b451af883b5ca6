namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that comes from the configuration, or that is generated.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lazy<string> _value;

    /// <summary>Declares a parameter.</summary>
    /// <param name="name">Name of the parameter; its configuration key is <c>Parameters:name</c>.</param>
    /// <param name="callback">Finds the value, given the default.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _value = new Lazy<string>(() => callback(Default));
        Secret = secret;
    }

    /// <summary>The value when the configuration has none.</summary>
    public ParameterDefault? Default { get; set; }

    /// <summary>Whether it must not be shown.</summary>
    public bool Secret { get; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>Whether that text is Markdown.</summary>
    public bool EnableDescriptionMarkdown { get; set; }

    /// <summary>Whether it is a connection string, whose configuration key is <c>ConnectionStrings:name</c>.</summary>
    public bool IsConnectionString { get; set; }

    /// <inheritdoc />
    public string ValueExpression => $"{{{Name}.value}}";

    internal string ConfigurationKey { get => field ?? $"{(IsConnectionString ? "ConnectionStrings" : "Parameters")}:{Name}"; set; }

    /// <summary>The value.</summary>
    /// <exception cref="MissingParameterValueException">The configuration has none and there is no default.</exception>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(_value.Value);

    /// <summary>The value.</summary>
    /// <exception cref="MissingParameterValueException">The configuration has none and there is no default.</exception>
    public ValueTask<string?> GetValueAsync(ValueProviderContext _, CancellationToken cancellationToken) => GetValueAsync(cancellationToken);
}
