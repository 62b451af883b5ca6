using Xunit;

namespace Delegation.TestKit.Redis;

/// <summary>A test that needs Redis: skipped with the reason where there is none, but failing where <c>CI=true</c>, since there nobody reads it.</summary>
public sealed class RedisFactAttribute : FactAttribute
{
    /// <inheritdoc/>
    public RedisFactAttribute() => Skip = Environment.GetEnvironmentVariable("CI") == "true" ? null : RedisServer.WhyNone;
}
