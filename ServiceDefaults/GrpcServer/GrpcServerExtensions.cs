using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Delegation.ServiceDefaults.GrpcServer;

/// <summary>The limits and the error answers of every gRPC service.</summary>
internal static class GrpcServerExtensions
{
    // Lists are paged and files travel in chunks of 256 KiB, so nothing honest comes near.
    private const int MaxMessageBytes = 4 * 1024 * 1024;

    public static void AddGrpcServer(this IHostApplicationBuilder builder)
    {
        builder.Services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = MaxMessageBytes;
            options.MaxSendMessageSize = MaxMessageBytes;
            options.Interceptors.Add<ErrorInterceptor>();
        });
        // Inside whatever else a service adds: a stream is opened after its caller was let in, however long that took, and after the headers that say for whom.
        builder.Services.PostConfigure<GrpcServiceOptions>(options => options.Interceptors.Add<QuietStreamInterceptor>());
    }
}
