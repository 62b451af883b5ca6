using System.Diagnostics;

namespace Delegation.Identity.Tests;

public sealed class DevelopmentOnlyTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData(null)] // ASP.NET Core then means Production
    public async Task Outside_development_the_process_ends_at_once_and_says_why(string? environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["HTTP_PORT"] = "0";

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            var errors = await process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);

            Assert.Equal(1, process.ExitCode);
            Assert.Contains($"refused to start in environment '{environment ?? "Production"}'", errors, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
