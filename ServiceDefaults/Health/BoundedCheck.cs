using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Delegation.ServiceDefaults.Health;

/// <summary>
/// Gives a health check a time limit that holds even when the check blocks its thread or ignores cancellation. A check that is still
/// running is never started again: probes that pile up on a server in trouble would be its end.
/// </summary>
internal sealed class BoundedCheck(Func<IServiceProvider, IHealthCheck> check, IServiceScopeFactory scopes) : IHealthCheck
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private Task<HealthCheckResult>? _running;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (_running is not { IsCompleted: false } running)
            _running = running = Task.Run(() => RunAsync(context), CancellationToken.None);
        try
        {
            return await running.WaitAsync(Limit, cancellationToken);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            var seconds = Limit.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return new HealthCheckResult(context.Registration.FailureStatus, $"No answer within {seconds} seconds.");
        }
    }

    private async Task<HealthCheckResult> RunAsync(HealthCheckContext context)
    {
        // Whoever asks may have gone before the check ends, and their scope with them.
        await using var scope = scopes.CreateAsyncScope();
        using var stop = new CancellationTokenSource(Limit + TimeSpan.FromSeconds(1));
        return await check(scope.ServiceProvider).CheckHealthAsync(context, stop.Token);
    }
}
