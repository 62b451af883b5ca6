using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local;

/// <summary>The environment variables that a reference hands out.</summary>
internal static class ReferenceVariables
{
    public static void AddConnection(EnvironmentCallbackContext context, IResourceWithConnectionString source, string name, bool optional)
    {
        var wanted = Wanted(context);
        if (wanted.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionString))
        {
            context.EnvironmentVariables[source.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}"] =
                new ConnectionStringReference(source, optional);
        }

        if (wanted.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionProperties))
        {
            var prefix = name.Length == 0 ? "" : $"{VariableName.Of(name).ToUpperInvariant()}_";
            var added = source.Annotations.OfType<ConnectionPropertyAnnotation>().Select(a => KeyValuePair.Create(a.Name, a.Value));
            foreach (var (property, value) in source.GetConnectionProperties().Concat(added))
            {
                context.EnvironmentVariables[prefix + property.ToUpperInvariant()] = value;
            }
        }
    }

    public static void AddEndpoints(EnvironmentCallbackContext context, EndpointReferenceAnnotation reference, string? name)
    {
        var service = name ?? reference.Resource.Name;
        var prefix = VariableName.Of(name ?? service.ToUpperInvariant());

        foreach (var endpoint in reference.Resource.GetEndpoints())
        {
            var included = reference.EndpointNames.Contains(endpoint.EndpointName)
                || (reference.UseAllEndpoints && !endpoint.ExcludeReferenceEndpoint);
            if (included)
            {
                // Clients look for 'http' and 'https' by scheme, and for every other endpoint by its name.
                var key = endpoint.EndpointName.ToLowerInvariant() is "http" or "https" ? endpoint.Scheme : endpoint.EndpointName;
                AddAddress(context, service, key, $"{prefix}_{VariableName.Of(endpoint.EndpointName).ToUpperInvariant()}", endpoint);
            }
        }
    }

    public static void AddAddress(EnvironmentCallbackContext context, string service, string key, string variable, object address)
    {
        var wanted = Wanted(context);
        if (wanted.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints))
        {
            context.EnvironmentVariables[VariableName.Of(variable)] = address;
        }

        if (wanted.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
        {
            var index = 0;
            while (!context.EnvironmentVariables.TryAdd($"services__{service}__{key}__{index}", address))
            {
                index++;
            }
        }
    }

    public static async Task AddExternalServiceAsync(EnvironmentCallbackContext context, ExternalServiceResource service)
    {
        var url = service.Uri?.ToString() ?? await service.UrlParameter!.GetValueAsync(context.CancellationToken);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            throw new DistributedApplicationException(
                $"The address of the external service '{service.Name}', which '{context.Resource.Name}' refers to, is not an absolute URL.");
        }

        var prefix = VariableName.Of(service.Name).ToUpperInvariant();
        AddAddress(context, service.Name, uri.Scheme, $"{prefix}_{uri.Scheme.ToUpperInvariant()}", uri.ToString());
    }

    private static ReferenceEnvironmentInjectionFlags Wanted(EnvironmentCallbackContext context) =>
        context.Resource.TryGetLastAnnotation<ReferenceEnvironmentInjectionAnnotation>(out var limited)
            ? limited.Flags
            : ReferenceEnvironmentInjectionFlags.All;
}
