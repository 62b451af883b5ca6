using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Delegation.Interop.Tests.Server;

/// <summary>Hosts with what every process of the platform has, and a gRPC port on loopback, whichever is free.</summary>
internal static class Loopback
{
    public static WebApplicationBuilder CreateBuilder(params string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(["--GRPC_PORT=0", "--shutdownTimeoutSeconds=0", .. settings]);
        builder.AddServiceDefaults();
        // Calls that fail are what these tests are made of.
        builder.Logging.ClearProviders();
        return builder;
    }
}
