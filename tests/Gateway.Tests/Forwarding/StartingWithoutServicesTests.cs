using System.Diagnostics;
using Delegation.Gateway.Forwarding;

namespace Delegation.Gateway.Tests.Forwarding;

public sealed class StartingWithoutServicesTests
{
    [Fact]
    public async Task A_gateway_that_is_not_told_where_the_services_are_does_not_start()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(PublicContract).Assembly.Location])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["GRPC_PORT"] = "0", ["HTTP_PORT"] = "0", ["Authentication__Authority"] = "http://localhost:1", ["ASPNETCORE_ENVIRONMENT"] = "Development" },
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = await process.StandardError.ReadToEndAsync().Within(60);
            await process.WaitForExitAsync().Within(10);
            await output;

            Assert.NotEqual(0, process.ExitCode);
            Assert.Matches("services:[a-z]+:grpc:0", errors);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
