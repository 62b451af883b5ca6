using Grpc.AspNetCore.Server;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Delegation.Gateway.Forwarding;

/// <summary>Passes gRPC calls on to the services that own them, byte for byte: messages are not read here.</summary>
internal static class GrpcForwarding
{
    /// <exception cref="InvalidOperationException">A service has no address in the configuration.</exception>
    public static void AddGrpcForwarding(this IHostApplicationBuilder builder, IReadOnlyCollection<ForwardedService> services)
    {
        builder.Services.AddReverseProxy()
            .LoadFromMemory(ForwardingConfig.Routes(services), ForwardingConfig.Clusters(services, builder.Configuration))
            .AddTransforms(route => route.AddResponseTransform(EarlyHeaders.SendAsync));
        builder.Services.AddSingleton<IForwarderHttpClientFactory, ServiceConnections>();

        // It warns, with a stack, of every caller that leaves; what matters of it is in our own log.
        builder.Logging.AddFilter("Yarp.ReverseProxy.Forwarder.HttpForwarder", LogLevel.Error);

        // The gRPC server of this process has the health service only, and would answer for all unknown services in its own words.
        builder.Services.Configure<GrpcServiceOptions>(options => options.IgnoreUnknownServices = true);
    }

    /// <param name="app">The gateway.</param>
    /// <param name="guard">What a well-formed call of the contract passes before it is forwarded; null for nothing.</param>
    public static void MapGrpcForwarding(this WebApplication app, Action<IReverseProxyApplicationBuilder>? guard = null)
    {
        app.MapReverseProxy(pipeline =>
        {
            pipeline.UseMiddleware<ForwardedCall>();
            guard?.Invoke(pipeline);
            pipeline.UseLoadBalancing();
        });
        app.MapFallback("{**path}", Unmatched.AnswerAsync);
    }
}
