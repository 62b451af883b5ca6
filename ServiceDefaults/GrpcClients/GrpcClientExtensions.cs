using Delegation.ServiceDefaults.GrpcClients;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Clients of the platform's own services.</summary>
public static class GrpcClientExtensions
{
    /// <summary>
    /// Registers <typeparamref name="TClient"/> for the service <paramref name="service"/>, whose address is the setting
    /// <c>services:{service}:grpc:0</c>. Calls made while a call is being served take over its cancellation and what is left of its
    /// deadline; a call that ends up without any deadline gets <c>Grpc:DefaultDeadlineSeconds</c> (10), streams from the server excepted.
    /// They carry the caller's token too; calls made for nobody carry the service's own (<c>Authentication:ClientId</c>, <c>:ClientSecret</c>).
    /// Methods that the contract marks as safe to repeat are tried again when the service is unavailable.
    /// </summary>
    /// <exception cref="InvalidOperationException">When the client is first used and the address is missing or malformed.</exception>
    public static IHttpClientBuilder AddPlatformGrpcClient<TClient>(this IHostApplicationBuilder builder, string service)
        where TClient : ClientBase<TClient> =>
        builder.AddPlatformGrpcClient<TClient>(service, typeof(TClient).FullName!);

    /// <summary>The same under a name, for clients of one kind that call several services: <c>GrpcClientFactory</c> makes them.</summary>
    /// <exception cref="InvalidOperationException">When the client is first used and the address is missing or malformed.</exception>
    public static IHttpClientBuilder AddPlatformGrpcClient<TClient>(this IHostApplicationBuilder builder, string service, string name)
        where TClient : ClientBase<TClient>
    {
        var configuration = builder.Configuration;
        builder.Services.AddHttpContextAccessor();
        builder.Services.TryAddSingleton<ServiceTokens>();
        return builder.Services
            .AddGrpcClient<TClient>(name, options => options.Address = Address(configuration, service))
            .ConfigureChannel(channel => channel.ServiceConfig = RetryPolicy.For<TClient>())
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // One connection carries 100 calls at a time; more callers open more instead of queueing.
                EnableMultipleHttp2Connections = true,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                // A connection leads to one replica. Renewed, gracefully, it finds those that were added since.
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                // A peer that vanished without a word is noticed while calls wait for it, not after TCP gives up.
                KeepAlivePingDelay = TimeSpan.FromSeconds(30),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            })
            // The channel keeps its handler for good; replacing it, as the factory does by default, would renew nothing.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddHttpMessageHandler(services => new OutgoingToken(services.GetRequiredService<IHttpContextAccessor>(), services.GetRequiredService<ServiceTokens>()))
            .EnableCallContextPropagation(options => options.SuppressContextNotFoundErrors = true)
            // After the propagation, whose deadline counts as one.
            .AddInterceptor(() => new DefaultDeadline(
                TimeSpan.FromSeconds(configuration.GetValue("Grpc:DefaultDeadlineSeconds", 10.0)), TimeProvider.System));
    }

    private static Uri Address(IConfiguration configuration, string service)
    {
        var setting = $"services:{service}:grpc:0";
        return Uri.TryCreate(configuration[setting], UriKind.Absolute, out var address)
            ? address
            : throw new InvalidOperationException($"The setting {setting} is '{configuration[setting]}'; it must be the address of the service.");
    }
}
