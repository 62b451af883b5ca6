using Delegation.TestKit;

namespace Delegation.Servers.Tests.Kit;

public sealed class Skipping_tests_without_a_server
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("false")]
    public void At_home_the_reason_is_shown(string? ci) =>
        Assert.Equal("No PostgreSQL: it is not installed.", SkipRule.For("PostgreSQL", "it is not installed.", ci));

    [Theory]
    [InlineData("true")]
    [InlineData("True")]
    public void In_continuous_integration_the_test_runs_and_fails(string ci) =>
        Assert.Null(SkipRule.For("PostgreSQL", "it is not installed.", ci));

    [Fact]
    public void With_a_server_it_runs() => Assert.Null(SkipRule.For("PostgreSQL", whyNone: null, ci: null));
}
