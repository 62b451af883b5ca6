namespace Aspire.StackExchange.Redis;

/// <summary>
/// How a Redis client is set up. Bound from the sections <c>Aspire:StackExchange:Redis</c> and
/// <c>Aspire:StackExchange:Redis:{connection name}</c>.
/// </summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>The server addresses and options, separated by commas.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>True to register no health check. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }
}
