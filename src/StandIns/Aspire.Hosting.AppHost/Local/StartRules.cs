using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Local;

/// <summary>What must be right before the first process starts; otherwise something would hang later, without a word.</summary>
internal static class StartRules
{
    public static async Task CheckAsync(RunContext run, CancellationToken cancellationToken)
    {
        if (!run.Execution.IsRunMode)
        {
            throw new DistributedApplicationException(
                "Publishing is what the real Aspire packages do; this is a stand-in that only runs the application. Build with -p:PublicFeed=true.");
        }

        var missing = new List<string>();
        foreach (var parameter in run.Model.Resources.OfType<ParameterResource>())
        {
            try
            {
                await parameter.GetValueAsync(cancellationToken);
            }
            catch (MissingParameterValueException)
            {
                missing.Add($"{parameter.ConfigurationKey} (environment variable {ParameterValue.Variable(parameter.ConfigurationKey)})");
            }
        }

        if (missing.Count > 0)
        {
            throw new DistributedApplicationException($"These settings have no value: {string.Join(", ", missing)}.");
        }

        var registered = run.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(check => check.Name).ToHashSet();
        foreach (var resource in run.Model.Resources)
        {
            foreach (var key in HealthMonitor.KeysOf(resource).Where(key => !registered.Contains(key)))
            {
                throw new DistributedApplicationException($"Resource '{resource.Name}' refers to the health check '{key}', which is not registered.");
            }

            foreach (var need in WaitGraph.NeedsOf(resource).Where(need => !run.Model.Resources.Contains(need)))
            {
                throw new DistributedApplicationException($"Resource '{resource.Name}' needs '{need.Name}', which is not part of the application.");
            }
        }
    }
}
