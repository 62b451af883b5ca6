using System.Diagnostics;
using Delegation.TestKit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Delegation.ServiceDefaults.Tests.Health;

public sealed class What_probes_cost
{
    [Fact]
    public async Task Probes_at_the_same_time_share_one_check()
    {
        var release = new TaskCompletionSource();
        var check = new FakeCheck { Answer = async _ => { await release.Task; return HealthCheckResult.Healthy(); } };
        await using var host = await HealthHost.StartAsync(check);

        var probes = Enumerable.Range(0, 40).Select(_ => host.ProbeAsync("/health")).ToArray();
        await Eventually.True(() => check.Runs == 1);
        release.SetResult();
        await Task.WhenAll(probes).Within(10);

        Assert.Equal(1, check.Runs);
    }

    [Fact]
    public async Task An_answer_serves_for_a_second()
    {
        var check = new FakeCheck();
        var clock = new StoppedClock();
        await using var host = await HealthHost.StartAsync(check, time: clock);

        await host.ProbeAsync("/health");
        clock.Advance(TimeSpan.FromSeconds(0.9));
        await host.ProbeAsync("/health");
        Assert.Equal(1, check.Runs);

        clock.Advance(TimeSpan.FromSeconds(0.1));
        await host.ProbeAsync("/health");
        Assert.Equal(2, check.Runs);
    }

    [Fact]
    public async Task A_probe_that_gives_up_leaves_the_answer_to_the_others()
    {
        var release = new TaskCompletionSource();
        var check = new FakeCheck { Answer = async _ => { await release.Task; return HealthCheckResult.Healthy(); } };
        await using var host = await HealthHost.StartAsync(check);
        using var impatience = new CancellationTokenSource();

        var impatient = host.Http.GetAsync("/health", impatience.Token);
        await Eventually.True(() => check.Runs == 1);
        var patient = host.ProbeAsync("/health");
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        release.SetResult();

        Assert.Equal("Healthy", (await patient.Within(10)).Body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_check_that_blocks_its_thread_and_ignores_cancellation_costs_three_seconds_and_is_not_started_again()
    {
        using var release = new ManualResetEventSlim();
        var check = new FakeCheck { Answer = _ => { release.Wait(TimeSpan.FromSeconds(30), CancellationToken.None); return Task.FromResult(HealthCheckResult.Healthy()); } };
        var clock = new StoppedClock();
        await using var host = await HealthHost.StartAsync(check, time: clock);
        var watch = Stopwatch.StartNew();

        var (_, body, _) = await host.ProbeAsync("/health");
        Assert.InRange(watch.Elapsed.TotalSeconds, 2.9, 8);
        Assert.Equal("No answer within 3 seconds.", body.GetProperty("checks").GetProperty("store").GetProperty("description").GetString());

        clock.Advance(TimeSpan.FromSeconds(2));
        await host.ProbeAsync("/health");
        Assert.Equal(1, check.Runs);

        release.Set();
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("Healthy", (await host.ProbeAsync("/health")).Body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_log_tells_a_change_once_and_not_at_each_probe()
    {
        var check = new FakeCheck();
        var clock = new StoppedClock();
        await using var host = await HealthHost.StartAsync(check, time: clock);
        async Task ProbeThriceAsync()
        {
            for (var i = 0; i < 3; i++)
            {
                await host.ProbeAsync("/health");
                clock.Advance(TimeSpan.FromSeconds(2));
            }
        }

        await ProbeThriceAsync();
        check.Fail("no route");
        await ProbeThriceAsync();
        check.Recover();
        await ProbeThriceAsync();

        var told = host.Logs.Entries.Where(entry => entry.Category.Contains("Health", StringComparison.Ordinal) && entry.Level >= LogLevel.Information).ToArray();
        Assert.Equal(["HealthLost", "HealthRestored"], told.Select(entry => entry.EventId.Name));
        Assert.Equal("no route", told[0].Exception?.Message);
    }
}
