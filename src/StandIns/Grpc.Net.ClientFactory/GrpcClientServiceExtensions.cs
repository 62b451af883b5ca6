using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers gRPC clients.</summary>
public static class GrpcClientServiceExtensions
{
    /// <summary>Registers <typeparamref name="TClient"/> under the name of its type.</summary>
    /// <typeparam name="TClient">Type of the client.</typeparam>
    /// <param name="services">The container.</param>
    public static IHttpClientBuilder AddGrpcClient<TClient>(this IServiceCollection services)
        where TClient : class => services.AddGrpcClient<TClient>(typeof(TClient).Name);

    /// <summary>Registers <typeparamref name="TClient"/> under the name of its type.</summary>
    /// <typeparam name="TClient">Type of the client.</typeparam>
    /// <param name="services">The container.</param>
    /// <param name="configureClient">Sets its options.</param>
    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, Action<GrpcClientFactoryOptions> configureClient)
        where TClient : class => services.AddGrpcClient<TClient>(typeof(TClient).Name, configureClient);

    /// <summary>Registers <typeparamref name="TClient"/> under the name of its type.</summary>
    /// <typeparam name="TClient">Type of the client.</typeparam>
    /// <param name="services">The container.</param>
    /// <param name="configureClient">Sets its options from services.</param>
    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, Action<IServiceProvider, GrpcClientFactoryOptions> configureClient)
        where TClient : class => services.AddGrpcClient<TClient>(typeof(TClient).Name, configureClient);

    /// <summary>Registers <typeparamref name="TClient"/> under a name.</summary>
    /// <typeparam name="TClient">Type of the client.</typeparam>
    /// <param name="services">The container.</param>
    /// <param name="name">The name.</param>
    public static IHttpClientBuilder AddGrpcClient<TClient>(this IServiceCollection services, string name)
        where TClient : class => services.AddGrpcClient<TClient>(name, _ => { });

    /// <summary>Registers <typeparamref name="TClient"/> under a name.</summary>
    /// <typeparam name="TClient">Type of the client.</typeparam>
    /// <param name="services">The container.</param>
    /// <param name="name">The name.</param>
    /// <param name="configureClient">Sets its options.</param>
    /// <exception cref="InvalidOperationException">The name belongs to a client of another type.</exception>
    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, string name, Action<GrpcClientFactoryOptions> configureClient)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(configureClient);
        return services.AddGrpcClient<TClient>(name, (_, options) => configureClient(options));
    }

    /// <summary>Registers <typeparamref name="TClient"/> under a name.</summary>
    /// <typeparam name="TClient">Type of the client.</typeparam>
    /// <param name="services">The container.</param>
    /// <param name="name">The name.</param>
    /// <param name="configureClient">Sets its options from services.</param>
    /// <exception cref="InvalidOperationException">The name belongs to a client of another type.</exception>
    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, string name, Action<IServiceProvider, GrpcClientFactoryOptions> configureClient)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configureClient);

        services.Reserve(name, typeof(TClient));
        services.AddTransient<IConfigureOptions<GrpcClientFactoryOptions>>(provider =>
            new ConfigureNamedOptions<GrpcClientFactoryOptions>(name, options => configureClient(provider, options)));
        services.TryAddSingleton<ChannelInvokers>();
        services.TryAddTransient<GrpcClientFactory, DefaultGrpcClientFactory>();
        services.TryAddSingleton<ClientConstructor<TClient>>();
        services.AddTransient(provider => provider.GetRequiredService<GrpcClientFactory>().CreateClient<TClient>(name));

        // First in the list, so that a handler which the application configures replaces this one.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<HttpClientFactoryOptions>>(
            new ConfigureNamedOptions<HttpClientFactoryOptions>(name, UseHttp2Handler)));
        return services.AddHttpClient(name);
    }

    private static void UseHttp2Handler(HttpClientFactoryOptions options) =>
        options.HttpMessageHandlerBuilderActions.Add(builder => builder.PrimaryHandler = new SocketsHttpHandler
        {
            // A server limits the streams of a connection (Kestrel: 100); more calls at once need more connections.
            EnableMultipleHttp2Connections = true,
            // The channel keeps its handler for good: connections, not handlers, are renewed to follow DNS.
            PooledConnectionLifetime = options.HandlerLifetime,
        });

    private static void Reserve(this IServiceCollection services, string name, Type client)
    {
        var holder = services.Select(service => service.ImplementationInstance).OfType<GrpcClientName>()
            .FirstOrDefault(taken => taken.Name == name);
        if (holder is null)
        {
            services.AddSingleton(new GrpcClientName(name, client));
        }
        else if (holder.Client != client)
        {
            throw new InvalidOperationException(
                $"The gRPC client factory already has a registered client with the name '{name}', " +
                $"bound to the type '{holder.Client.FullName}'. " +
                "Use an overload of AddGrpcClient that accepts a string and provide a unique name to resolve the conflict.");
        }
    }
}
