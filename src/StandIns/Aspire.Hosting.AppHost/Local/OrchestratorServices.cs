using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local;

/// <summary>Registers what runs an application on this machine.</summary>
internal static class OrchestratorServices
{
    // Each level of the order of stopping may take its whole grace.
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(1);

    public static void Add(HostApplicationBuilder host, DistributedApplicationBuilder application, LocalState state)
    {
        var console = new ResourceConsole();
        host.Logging.ClearProviders();
        host.Logging.AddProvider(console);

        // The life of the host and its failures are ours to tell, and a check that fails while a resource comes up is no news.
        host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        host.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);

        host.Services.AddHealthChecks();
        host.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopLimit);
        host.Services.AddSingleton(console);
        host.Services.AddSingleton(state);
        host.Services.AddSingleton(new SecretStore(state.Disposable ? null : state.SecretsFile));
        host.Services.AddSingleton(application.Eventing);
        host.Services.AddSingleton(application.ExecutionContext);
        host.Services.AddSingleton(new DistributedApplicationModel(application.Resources));
        host.Services.AddSingleton<Failures>();
        host.Services.AddSingleton(services => CreateNotifications(services));
        host.Services.AddSingleton(services => CreateContext(services, application));
        host.Services.AddSingleton<Orchestrator>();
        host.Services.AddHostedService(services => services.GetRequiredService<Orchestrator>());
        if (!state.Disposable)
        {
            host.Services.AddHostedService<SecondInterrupt>();
        }
    }

    /// <summary>What tells apart the processes of AppHosts with different state.</summary>
    public static string MarkerOf(LocalState state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state.Root)))[..16];

    private static ResourceNotificationService CreateNotifications(IServiceProvider services)
    {
        ResourceNotificationService? notifications = null;
        return notifications = new ResourceNotificationService(
            services.GetRequiredService<DistributedApplicationModel>(),
            WaitBehavior.StopOnResourceUnavailable,
            name => services.GetRequiredService<Failures>().Explain(name, notifications!));
    }

    private static RunContext CreateContext(IServiceProvider services, DistributedApplicationBuilder application)
    {
        var state = services.GetRequiredService<LocalState>();
        var marker = new RunMarker(MarkerOf(state), RandomNumberGenerator.GetHexString(8, lowercase: true));
        return new RunContext(
            services.GetRequiredService<DistributedApplicationModel>(),
            application.ExecutionContext,
            application.Configuration,
            services,
            application.Eventing,
            services.GetRequiredService<ResourceNotificationService>(),
            services.GetRequiredService<HealthCheckService>(),
            services.GetRequiredService<ILoggerFactory>(),
            state,
            marker,
            application.AppHostAssembly);
    }
}
