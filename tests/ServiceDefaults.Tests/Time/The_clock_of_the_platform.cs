using Delegation.ServiceDefaults.Time;
using Delegation.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Delegation.ServiceDefaults.Tests.Time;

public sealed class The_clock_of_the_platform
{
    [Fact]
    public void It_is_the_clock_of_the_machine_unless_a_setting_moves_it()
    {
        AssertAhead(TimeSpan.Zero, Clock("Development", offset: null));
        AssertAhead(TimeSpan.FromDays(30), Clock("Development", "30.00:00:00"));
        AssertAhead(TimeSpan.FromHours(-1), Clock("Staging", "-01:00:00"));
    }

    [Fact]
    public void It_moves_with_a_configuration_that_changes_and_ignores_a_typing_error()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        using var clock = new PlatformClock(configuration);
        AssertAhead(TimeSpan.Zero, clock);

        foreach (var (setting, days) in new[] { ("40.00:00:00", 40), ("forty", 40), (null, 0) })
        {
            configuration[PlatformClock.Setting] = setting;
            configuration.Reload();
            AssertAhead(TimeSpan.FromDays(days), clock);
        }
    }

    [Fact]
    public async Task A_file_moves_it_while_it_runs_until_the_file_is_gone_and_a_typing_error_does_not()
    {
        var folder = Directory.CreateTempSubdirectory("clock-");
        var file = Path.Combine(folder.FullName, "not", "there", "yet.txt");
        using var clock = new PlatformClock(new ConfigurationBuilder()
            .AddInMemoryCollection([new(PlatformClock.FileSetting, file), new(PlatformClock.Setting, "1.00:00:00")]).Build());
        AssertAhead(TimeSpan.FromDays(1), clock);

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "40.00:00:00\n");
        await Eventually.True(() => Days(clock) == 40);
        foreach (var broken in new[] { "", "forty" })
        {
            await File.WriteAllTextAsync(file, broken);
            await Task.Delay(1200);
            AssertAhead(TimeSpan.FromDays(40), clock);
        }

        File.Delete(file);
        await Eventually.True(() => Days(clock) == 1);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Production_refuses_to_start_with_a_file_that_moves_it()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration[PlatformClock.FileSetting] = "clock.txt";

        Assert.Contains("Clock:OffsetFile", Assert.Throws<InvalidOperationException>(builder.AddClock).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Production_refuses_to_start_with_the_setting()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Clock("Production", "00:00:01"));

        Assert.Contains("refused in Production", refused.Message, StringComparison.Ordinal);
        Assert.Same(TimeProvider.System, Clock("Production", offset: null));
    }

    [Fact]
    public void A_setting_that_is_no_time_span_is_refused_at_the_start() =>
        Assert.Contains("'tomorrow'", Assert.Throws<InvalidOperationException>(() => Clock("Development", "tomorrow")).Message, StringComparison.Ordinal);

    private static TimeProvider Clock(string environment, string? offset)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration[PlatformClock.Setting] = offset;
        builder.AddClock();
        return builder.Services.BuildServiceProvider().GetRequiredService<TimeProvider>();
    }

    private static int Days(TimeProvider clock) => (int)Math.Round((clock.GetUtcNow() - DateTimeOffset.UtcNow).TotalDays);

    private static void AssertAhead(TimeSpan offset, TimeProvider clock) =>
        Assert.InRange(clock.GetUtcNow() - DateTimeOffset.UtcNow - offset, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
}
