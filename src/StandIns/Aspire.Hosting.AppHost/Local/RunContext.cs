using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Local.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local;

/// <summary>What everything that runs the application shares.</summary>
internal sealed record RunContext(
    DistributedApplicationModel Model,
    DistributedApplicationExecutionContext Execution,
    IConfiguration Configuration,
    IServiceProvider Services,
    IDistributedApplicationEventing Eventing,
    ResourceNotificationService Notifications,
    HealthCheckService HealthChecks,
    ILoggerFactory Loggers,
    LocalState State,
    RunMarker Marker,
    Assembly? AppHost)
{
    public ILogger LoggerOf(IResource resource) => Loggers.CreateLogger(ResourceConsole.CategoryPrefix + resource.Name);
}
