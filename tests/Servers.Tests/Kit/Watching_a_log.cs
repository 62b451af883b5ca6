using Delegation.TestKit;
using Microsoft.Extensions.Logging;
using Xunit.Sdk;

namespace Delegation.Servers.Tests.Kit;

public sealed class Watching_a_log : IDisposable
{
    private readonly LogWatch _watch = new();
    private readonly ILoggerFactory _factory;
    private readonly ILogger _logger;

    public Watching_a_log()
    {
        _factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(_watch));
        _logger = _factory.CreateLogger("Orders");
    }

    [Theory]
    [InlineData(LogLevel.Error)]
    [InlineData(LogLevel.Critical)]
    public void An_error_fails_the_test_with_its_text_and_exception(LogLevel level)
    {
        _logger.Log(level, new EventId(7, "OrderLost"), new InvalidOperationException("disk full"), "order {Order} is lost", 12);

        var failure = Assert.Throws<XunitException>(_watch.AssertNoErrors);

        Assert.Contains($"{level} Orders[7 OrderLost]: order 12 is lost", failure.Message, StringComparison.Ordinal);
        Assert.Contains("disk full", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_is_collected_and_does_not_fail()
    {
        _logger.LogWarning("slow");

        _watch.AssertNoErrors();
        Assert.Equal("slow", Assert.Single(_watch.Entries).Message);
    }

    [Fact]
    public void An_expected_error_does_not_fail_and_another_one_does()
    {
        _watch.Expect(entry => entry.EventId.Id == 7);
        _logger.LogError(new EventId(7), "expected");
        _watch.AssertNoErrors();

        _logger.LogError(new EventId(8), "surprising");

        var failure = Assert.Throws<XunitException>(_watch.AssertNoErrors);
        Assert.DoesNotContain("]: expected", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_is_told_once_with_what_came_before_it()
    {
        _logger.LogDebug("disk at 99 %");
        _logger.LogError("disk full");

        Assert.EndsWith("disk at 99 %", Assert.Throws<XunitException>(_watch.AssertNoErrors).Message.TrimEnd(), StringComparison.Ordinal);
        _watch.AssertNoErrors();
    }

    public void Dispose() => _factory.Dispose();
}
