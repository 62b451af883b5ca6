using Grpc.AspNetCore.ClientFactory;
using Microsoft.AspNetCore.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets gRPC clients take over from the server call that they are used in.</summary>
public static class GrpcServerHttpClientBuilderExtensions
{
    /// <summary>Passes the deadline and the cancellation of the current server call on to the calls of a client.</summary>
    /// <param name="builder">The client.</param>
    /// <exception cref="InvalidOperationException">It is not a gRPC client.</exception>
    public static IHttpClientBuilder EnableCallContextPropagation(this IHttpClientBuilder builder) =>
        builder.EnableCallContextPropagation(_ => { });

    /// <summary>Passes the deadline and the cancellation of the current server call on to the calls of a client.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureOptions">Says what happens outside of a server call.</param>
    /// <exception cref="InvalidOperationException">It is not a gRPC client.</exception>
    public static IHttpClientBuilder EnableCallContextPropagation(
        this IHttpClientBuilder builder, Action<GrpcContextPropagationOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configureOptions);
        var options = new GrpcContextPropagationOptions();
        configureOptions(options);
        builder.Services.AddHttpContextAccessor();
        return builder.AddInterceptor(services =>
            new ContextPropagationInterceptor(options, services.GetRequiredService<IHttpContextAccessor>()));
    }
}
