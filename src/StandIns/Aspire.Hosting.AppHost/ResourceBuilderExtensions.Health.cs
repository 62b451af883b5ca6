using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Lets a health check of the application's services tell about the resource.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="key">Name of the check's registration.</param>
    /// <exception cref="DistributedApplicationException">The resource has that check already.</exception>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(check => check.Key == key)
            ? throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.")
            : builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>The resource is healthy when a GET request is answered with exactly one status code.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">Path to ask for; <c>/</c> when null.</param>
    /// <param name="statusCode">The status code; 200 when null.</param>
    /// <param name="endpointName">Endpoint to ask; https, else http, when null.</param>
    /// <exception cref="DistributedApplicationException">The endpoint is not an HTTP endpoint.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints =>
        builder.WithHttpHealthCheck(endpointName is null ? null : () => builder.GetEndpoint(endpointName), path, statusCode);

    /// <summary>The resource is healthy when a GET request is answered with exactly one status code.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointSelector">Chooses the endpoint to ask; https, else http, when null.</param>
    /// <param name="path">Path to ask for; <c>/</c> when null.</param>
    /// <param name="statusCode">The status code; 200 when null.</param>
    /// <exception cref="DistributedApplicationException">The endpoint is not an HTTP endpoint.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);

        var endpoint = endpointSelector is null ? DefaultHttpEndpoint(builder) : endpointSelector();
        if (endpoint is null || !(endpoint.IsHttp || endpoint.IsHttps))
        {
            throw new DistributedApplicationException(
                $"Could not create HTTP health check for resource '{builder.Resource.Name}': it needs an endpoint with the scheme http or https.");
        }

        path ??= "/";
        var expected = statusCode ?? 200;
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{path}_{expected}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(
            new HealthCheckRegistration(key, new HttpHealthCheck(endpoint, path, expected), failureStatus: null, tags: null));
        return builder.WithHealthCheck(key);
    }

    private static EndpointReference? DefaultHttpEndpoint<T>(IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        var found = Find(builder.Resource, "https") ?? Find(builder.Resource, "http");
        return found is null ? null : new EndpointReference(builder.Resource, found);
    }
}
