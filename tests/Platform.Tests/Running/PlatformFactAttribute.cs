using Delegation.TestKit;

namespace Delegation.Platform.Tests.Running;

/// <summary>A test that runs the platform: it needs the machine's PostgreSQL and Redis. Skipped by name at home, failed in CI, when one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PlatformFactAttribute : FactAttribute
{
    /// <param name="peers">The test project whose Node.js peers it needs too; null for none.</param>
    public PlatformFactAttribute(string? peers = null) => Skip = Missing ?? (peers is null ? null : new NodeFactAttribute(peers).Skip);

    /// <summary>What is missing, or null when the platform can run or must (CI).</summary>
    public static string? Missing { get; } =
        Environment.GetEnvironmentVariable("CI") == "true" || RedisServerIsThere() ? new PostgresFactAttribute().Skip : "redis-server is not installed";

    private static bool RedisServerIsThere() =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "redis-server")));
}
