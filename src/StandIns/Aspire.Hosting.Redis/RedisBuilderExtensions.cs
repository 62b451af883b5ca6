using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local;
using Aspire.Hosting.Local.Redis;
using Aspire.Hosting.Local.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds Redis to an application.</summary>
public static class RedisBuilderExtensions
{
    private const int WellKnownPort = 6379;

    /// <summary>Adds a Redis server with a generated password.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource, and of its connection string where it is referenced.</param>
    /// <param name="port">The port of this machine; null is any free one.</param>
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port) =>
        builder.AddRedis(name, port, password: null);

    /// <summary>Adds a Redis server. Its health check is <c>{name}_check</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource, and of its connection string where it is referenced.</param>
    /// <param name="port">The port of this machine; null is any free one.</param>
    /// <param name="password">The password; null is a generated one, the parameter <c>{name}-password</c>.</param>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        // In a connection string of StackExchange.Redis a comma ends the password.
        var secret = password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var redis = new RedisResource(name, secret);
        var native = new NativeRedis(redis);
        var check = $"{name}_check";
        builder.Services.AddHealthChecks().Add(
            new HealthCheckRegistration(check, new RedisHealthCheck(redis), failureStatus: null, tags: null));

        return builder.AddResource(redis)
            .WithEndpoint(port: port, targetPort: WellKnownPort, name: RedisResource.PrimaryEndpointName, scheme: "redis")
            .WithHealthCheck(check)
            .WithNativeServer(RedisProgram.Definition, new NativeServer(native.PrepareAsync, NativeRedis.StopSignal));
    }
}
