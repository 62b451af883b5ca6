using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Delegation.ServiceDefaults.Health;

/// <summary>
/// Whether this process lives (<c>/alive</c>) and whether it can do its work (<c>/health</c>, <c>grpc.health.v1.Health</c>). Answered in
/// every environment: the port is not for the public, and an answer says nothing but names and states.
/// </summary>
internal static class HealthExtensions
{
    private const string Live = "live";

    public static void AddHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);
        builder.Services.AddSingleton<HealthReports>();
        builder.Services.AddOptions<HealthCheckServiceOptions>().PostConfigure<IServiceScopeFactory>((options, scopes) =>
        {
            foreach (var check in options.Registrations)
            {
                // What Redis holds may be lost: without it the platform is slower, not down.
                if (check.Name.StartsWith("StackExchange.Redis", StringComparison.Ordinal))
                    check.FailureStatus = HealthStatus.Degraded;
                var bounded = new BoundedCheck(check.Factory, scopes);
                check.Factory = _ => bounded;
            }
        });
    }

    public static void MapHealth(this WebApplication app)
    {
        var checks = app.Services.GetRequiredService<HealthCheckService>();
        var reports = app.Services.GetRequiredService<HealthReports>();

        // Not from the shared report: a process whose database hangs is alive, and says so at once.
        app.MapGet("/alive", async context => await HealthAnswer.WriteAsync(
            context, await checks.CheckHealthAsync(check => check.Tags.Contains(Live), context.RequestAborted))).DisableHttpMetrics();
        app.MapGet("/health", async context => await HealthAnswer.WriteAsync(
            context, await reports.GetAsync(context.RequestAborted))).DisableHttpMetrics();
        // Who checks health has no token: a load balancer, an orchestrator.
        app.MapGrpcService<GrpcHealthService>().DisableHttpMetrics().AllowAnonymous();
    }
}
