using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local;

/// <summary>Registers what runs an application on this machine.</summary>
internal static class OrchestratorServices
{
    public static void Add(HostApplicationBuilder host, DistributedApplicationBuilder application, LocalState state)
    {
        var console = new ResourceConsole();
        host.Logging.ClearProviders();
        host.Logging.AddProvider(console);

        // The life of the host is ours to tell, and a check that fails while a resource comes up is no news.
        host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        host.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Warning);
        host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);

        host.Services.AddHealthChecks();
        host.Services.AddSingleton(console);
        host.Services.AddSingleton(state);
        host.Services.AddSingleton(new SecretStore(state.Disposable ? null : state.SecretsFile));
        host.Services.AddSingleton(application.Eventing);
        host.Services.AddSingleton(application.ExecutionContext);
        host.Services.AddSingleton(new DistributedApplicationModel(application.Resources));
        host.Services.AddSingleton(services => new ResourceNotificationService(
            services.GetRequiredService<DistributedApplicationModel>(), WaitBehavior.StopOnResourceUnavailable, _ => ""));
    }
}
