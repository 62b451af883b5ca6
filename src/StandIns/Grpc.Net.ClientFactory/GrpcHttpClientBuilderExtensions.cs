using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures gRPC clients; each method refuses the builder of any other HTTP client.</summary>
public static class GrpcHttpClientBuilderExtensions
{
    /// <summary>Sets options of the channel.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureChannel">Sets them.</param>
    public static IHttpClientBuilder ConfigureChannel(this IHttpClientBuilder builder, Action<GrpcChannelOptions> configureChannel) =>
        builder.Configure((_, options) => options.ChannelOptionsActions.Add(configureChannel), configureChannel);

    /// <summary>Sets options of the channel from services.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureChannel">Sets them.</param>
    public static IHttpClientBuilder ConfigureChannel(
        this IHttpClientBuilder builder, Action<IServiceProvider, GrpcChannelOptions> configureChannel) =>
        builder.Configure(
            (services, options) => options.ChannelOptionsActions.Add(channel => configureChannel(services, channel)), configureChannel);

    /// <summary>Adds an interceptor for the channel, from the container.</summary>
    /// <typeparam name="TInterceptor">The interceptor.</typeparam>
    /// <param name="builder">The client.</param>
    public static IHttpClientBuilder AddInterceptor<TInterceptor>(this IHttpClientBuilder builder)
        where TInterceptor : Interceptor => builder.AddInterceptor<TInterceptor>(InterceptorScope.Channel);

    /// <summary>Adds an interceptor from the container.</summary>
    /// <typeparam name="TInterceptor">The interceptor.</typeparam>
    /// <param name="builder">The client.</param>
    /// <param name="scope">How long it lives.</param>
    public static IHttpClientBuilder AddInterceptor<TInterceptor>(this IHttpClientBuilder builder, InterceptorScope scope)
        where TInterceptor : Interceptor => builder.AddInterceptor(scope, services => services.GetRequiredService<TInterceptor>());

    /// <summary>Adds an interceptor for the channel.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureInvoker">Makes it.</param>
    public static IHttpClientBuilder AddInterceptor(this IHttpClientBuilder builder, Func<Interceptor> configureInvoker) =>
        builder.AddInterceptor(InterceptorScope.Channel, _ => configureInvoker());

    /// <summary>Adds an interceptor for the channel.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureInvoker">Makes it from services.</param>
    public static IHttpClientBuilder AddInterceptor(
        this IHttpClientBuilder builder, Func<IServiceProvider, Interceptor> configureInvoker) =>
        builder.AddInterceptor(InterceptorScope.Channel, configureInvoker);

    /// <summary>Adds an interceptor.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="scope">How long it lives.</param>
    /// <param name="configureInvoker">Makes it from services.</param>
    public static IHttpClientBuilder AddInterceptor(
        this IHttpClientBuilder builder, InterceptorScope scope, Func<IServiceProvider, Interceptor> configureInvoker) =>
        builder.Configure(
            (_, options) => options.InterceptorRegistrations.Add(new InterceptorRegistration(scope, configureInvoker)), configureInvoker);

    /// <summary>Adds headers that authenticate each call.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="authInterceptor">Adds them.</param>
    public static IHttpClientBuilder AddCallCredentials(
        this IHttpClientBuilder builder, Func<AuthInterceptorContext, Metadata, Task> authInterceptor) =>
        builder.AddCallCredentials((context, metadata, _) => authInterceptor(context, metadata));

    /// <summary>Adds headers that authenticate each call.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="authInterceptor">Adds them, with the services of the scope that resolved the client.</param>
    public static IHttpClientBuilder AddCallCredentials(
        this IHttpClientBuilder builder, Func<AuthInterceptorContext, Metadata, IServiceProvider, Task> authInterceptor) =>
        builder.Configure(
            (_, options) =>
            {
                options.HasCallCredentials = true;
                options.CallOptionsActions.Add(call => call.CallOptions = AddTo(
                    call.CallOptions,
                    CallCredentials.FromInterceptor((context, metadata) => authInterceptor(context, metadata, call.ServiceProvider))));
            },
            authInterceptor);

    /// <summary>Makes the clients in another way than by their constructor.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureCreator">Makes one from a call invoker.</param>
    public static IHttpClientBuilder ConfigureGrpcClientCreator(
        this IHttpClientBuilder builder, Func<CallInvoker, object> configureCreator) =>
        builder.Configure((_, options) => options.Creator = configureCreator, configureCreator);

    private static CallOptions AddTo(CallOptions options, CallCredentials credentials) =>
        options.WithCredentials(options.Credentials is { } own ? CallCredentials.Compose(own, credentials) : credentials);

    private static IHttpClientBuilder Configure(
        this IHttpClientBuilder builder, Action<IServiceProvider, GrpcClientFactoryOptions> configure, Delegate argument)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(argument);
        if (!builder.Services.Any(service => service.ImplementationInstance is GrpcClientName taken && taken.Name == builder.Name))
        {
            throw new InvalidOperationException($"'{builder.Name}' is not a gRPC client.");
        }

        builder.Services.AddTransient<IConfigureOptions<GrpcClientFactoryOptions>>(services =>
            new ConfigureNamedOptions<GrpcClientFactoryOptions>(builder.Name, options => configure(services, options)));
        return builder;
    }
}
