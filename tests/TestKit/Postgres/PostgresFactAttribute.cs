using Xunit;

namespace Delegation.TestKit;

/// <summary>
/// A test that needs PostgreSQL. Without a server it is skipped with the reason; where <c>CI=true</c> it fails instead, since
/// there nobody reads what was skipped.
/// </summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <summary>Decides at discovery, without starting the server.</summary>
    public PostgresFactAttribute() => Skip = SkipRule.For("PostgreSQL", TestPostgres.WhyNone);
}

/// <summary>A theory that needs PostgreSQL, under the same rule as <see cref="PostgresFactAttribute"/>.</summary>
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides at discovery, without starting the server.</summary>
    public PostgresTheoryAttribute() => Skip = SkipRule.For("PostgreSQL", TestPostgres.WhyNone);
}
