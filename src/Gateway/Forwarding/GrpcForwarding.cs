using Delegation.Gateway.Rest;
using Delegation.Gateway.Rest.Calls;
using Grpc.AspNetCore.Server;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms;

namespace Delegation.Gateway.Forwarding;

/// <summary>
/// Passes gRPC calls on to the services that own them, byte for byte: messages are not read here. REST calls become gRPC calls on the same way.
/// </summary>
internal static class GrpcForwarding
{
    /// <exception cref="InvalidOperationException">A service has no address in the configuration.</exception>
    public static void AddGrpcForwarding(this IHostApplicationBuilder builder, IReadOnlyCollection<ForwardedService> services)
    {
        var streams = services.SelectMany(service => service.Descriptor.Methods)
            .Where(method => method.IsClientStreaming || method.IsServerStreaming)
            .Select(method => $"/{method.Service.FullName}/{method.Name}").ToHashSet();
        builder.Services.AddReverseProxy()
            .LoadFromMemory(ForwardingConfig.Routes(services), ForwardingConfig.Clusters(services, builder.Configuration))
            .AddTransforms(route =>
            {
                var rest = route.Services.GetRequiredService<RestAnswer>();
                route.AddRequestTransform(RestHeaders.ApplyAsync);
                // The headers of a single answer come with it, so nobody waits for them; looking would cost each call some microseconds.
                var isStream = streams.Contains(route.Route.RouteId);
                route.AddResponseTransform(answer =>
                    RestCall.Of(answer.HttpContext) is { } call ? rest.WriteAsync(answer, call)
                    : isStream ? EarlyHeaders.SendAsync(answer)
                    : ValueTask.CompletedTask);
            });
        builder.AddRest(services);
        builder.Services.AddSingleton<IForwarderHttpClientFactory, ServiceConnections>();
        builder.Services.AddSingleton<IAvailableDestinationsPolicy, UsableReplicas>();

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
            pipeline.UseMiddleware<RestRequest>();
            pipeline.UseLoadBalancing();
        });
        app.MapRest();
    }
}
