using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local;

namespace Aspire.Hosting;

/// <summary>Adds parameters: values from the configuration, or generated ones.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value must be configured as <c>Parameters:name</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(CreateParameter(builder, name, secret));

    /// <summary>Adds a parameter with a value; the configuration may override it.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>Adds a parameter whose value is computed when first needed; the configuration may override it.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(valueGetter);

        if (publishValueAsDefault && secret)
        {
            throw new ArgumentException("A parameter cannot be both secret and published as a default value.", nameof(secret));
        }

        return builder.AddResource(new ParameterResource(name, _ => ParameterValue.Find(builder.Configuration, $"Parameters:{name}") ?? valueGetter(), secret));
    }

    /// <summary>Adds a parameter with a default, such as a generated one.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="value">The value when the configuration has none.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    /// <param name="persist">Whether the default is computed once and kept for the next runs.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(value);
        return builder.AddResource(ParameterValue.WithDefault(builder, name, value, secret, persist));
    }

    /// <summary>Adds a parameter whose value must be configured under another key.</summary>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, string name, string configurationKey, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(
            new ParameterResource(name, _ => ParameterValue.Require(builder.Configuration, configurationKey), secret) { ConfigurationKey = configurationKey });
    }

    /// <summary>Adds a connection string that must be configured as <c>ConnectionStrings:name</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ConnectionStringParameter(builder, name, environmentVariableName));
    }

    /// <summary>Says what a parameter is for.</summary>
    public static IResourceBuilder<ParameterResource> WithDescription(
        this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.Description = description;
        builder.Resource.EnableDescriptionMarkdown = enableMarkdown;
        return builder;
    }

    /// <summary>A parameter that must be configured, without adding it to the application.</summary>
    public static ParameterResource CreateParameter(IDistributedApplicationBuilder builder, string name, bool secret)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return new ParameterResource(name, _ => ParameterValue.Require(builder.Configuration, $"Parameters:{name}"), secret);
    }

    /// <summary>A generated password that is kept for the next runs, without adding it to the application.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder, string name,
        bool lower = true, bool upper = true, bool numeric = true, bool special = true,
        int minLower = 0, int minUpper = 0, int minNumeric = 0, int minSpecial = 0) =>
        ParameterValue.WithDefault(
            builder,
            name,
            new GenerateParameterDefault
            {
                Lower = lower, Upper = upper, Numeric = numeric, Special = special,
                MinLower = minLower, MinUpper = minUpper, MinNumeric = minNumeric, MinSpecial = minSpecial,
            },
            secret: true,
            persist: true);

    /// <summary>The configured connection string is a parameter and something to connect to at once.</summary>
    private sealed class ConnectionStringParameter : ParameterResource, IResourceWithConnectionString
    {
        public ConnectionStringParameter(IDistributedApplicationBuilder builder, string name, string? environmentVariableName)
            : base(name, _ => ParameterValue.Require(builder.Configuration, $"ConnectionStrings:{name}"), secret: true)
        {
            IsConnectionString = true;
            ConnectionStringEnvironmentVariable = environmentVariableName;
            ConnectionStringExpression = ReferenceExpression.Create($"{(ParameterResource)this}");
        }

        public string? ConnectionStringEnvironmentVariable { get; }

        public ReferenceExpression ConnectionStringExpression { get; }
    }
}
