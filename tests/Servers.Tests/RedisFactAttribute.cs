using Aspire.Hosting.Local.Redis;
using Delegation.TestKit;
using Delegation.TestKit.Cluster;

namespace Delegation.Servers.Tests;

/// <summary>A test that needs Redis, under the same rule as <see cref="PostgresFactAttribute"/>.</summary>
internal sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = SkipRule.For("Redis", ServerAvailability.WhyNone(RedisProgram.Definition));
}
