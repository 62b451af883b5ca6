using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Local;

/// <summary>Finds the value of a parameter: the configuration first, then its default.</summary>
internal static class ParameterValue
{
    /// <summary>The configured value. Environment variables cannot contain hyphens, so underscores stand for them too.</summary>
    public static string? Find(IConfiguration configuration, string key) =>
        configuration[key] ?? configuration[key.Replace('-', '_')];

    public static string Require(IConfiguration configuration, string key) => Find(configuration, key)
        ?? throw new MissingParameterValueException($"The setting '{key}' has no value (environment variable {Variable(key)}).");

    public static string Variable(string key) => key.Replace(":", "__", StringComparison.Ordinal).Replace('-', '_');

    public static ParameterResource WithDefault(
        IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret, bool persist)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (persist && builder.ExecutionContext.IsRunMode)
        {
            var secrets = builder.Services.Select(service => service.ImplementationInstance).OfType<SecretStore>().Single();
            value = new KeptDefault(secrets, $"Parameters:{name}", value);
        }

        return new ParameterResource(name, given => Find(builder.Configuration, $"Parameters:{name}") ?? given!.GetDefaultValue(), secret)
        {
            Default = value,
        };
    }

    private sealed class KeptDefault(SecretStore secrets, string key, ParameterDefault inner) : ParameterDefault
    {
        public override string GetDefaultValue() => secrets.GetOrAdd(key, inner.GetDefaultValue);
    }
}
