using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Delegation.ServiceDefaults.Tests.Health;

/// <summary>A health check that does what the test says and counts how often it is asked.</summary>
internal sealed class FakeCheck : IHealthCheck
{
    private int _runs;

    public Func<CancellationToken, Task<HealthCheckResult>> Answer { get; set; } = _ => Task.FromResult(HealthCheckResult.Healthy());

    public int Runs => _runs;

    public void Fail(string text) => Answer = _ => throw new InvalidOperationException(text);

    public void Recover() => Answer = _ => Task.FromResult(HealthCheckResult.Healthy());

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _runs);
        return Answer(cancellationToken);
    }
}
