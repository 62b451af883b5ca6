using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Delegation.StandIns.Tests.Model;

/// <summary>A resource waits for others before it starts.</summary>
public sealed class WaitingTests
{
    private readonly IDistributedApplicationTestingBuilder _builder = DistributedApplicationTestingBuilder.Create();

    [Fact]
    public async Task It_starts_only_when_the_other_is_healthy_and_its_readiness_has_been_handled()
    {
        var check = new Switch();
        var handled = new TaskCompletionSource();
        var first = _builder.AddSleeper("first").WithCheck(check);
        var second = _builder.AddSleeper("second").WaitFor(first);
        _builder.Eventing.Subscribe<ResourceReadyEvent>(first.Resource, (_, _) => handled.Task);
        await using var app = await _builder.StartAsync();

        await app.ResourceNotifications.WaitForResourceAsync("first", cancellationToken: Limits.Token);
        await Task.Delay(400);
        Assert.Equal(KnownResourceStates.Waiting, app.StateOf("second"));

        check.IsHealthy = true;
        await app.ResourceNotifications.WaitForResourceAsync("first", e => e.Snapshot.HealthStatus == HealthStatus.Healthy, Limits.Token);
        await Task.Delay(400);
        Assert.Equal(KnownResourceStates.Waiting, app.StateOf("second"));

        handled.SetResult();
        await app.ResourceNotifications.WaitForResourceAsync("second", cancellationToken: Limits.Token);
    }

    [Fact]
    public async Task WaitForStart_does_not_care_about_health()
    {
        var first = _builder.AddSleeper("first").WithCheck(new Switch());
        _builder.AddSleeper("second").WaitForStart(first);
        await using var app = await _builder.StartAsync();

        await app.ResourceNotifications.WaitForResourceAsync("second", cancellationToken: Limits.Token);

        Assert.NotEqual(HealthStatus.Healthy, app.SnapshotOf("first").HealthStatus);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task WaitForCompletion_is_fulfilled_by_the_expected_exit_code(int exitCode)
    {
        var first = _builder.AddShell("first", $"sleep 0.3; exit {exitCode}");
        _builder.AddSleeper("second").WaitForCompletion(first, exitCode);
        await using var app = await _builder.StartAsync();

        await app.ResourceNotifications.WaitForResourceAsync("second", cancellationToken: Limits.Token);

        Assert.Equal(KnownResourceStates.Finished, app.StateOf("first"));
        Assert.Equal(exitCode, app.SnapshotOf("first").ExitCode);
    }

    [Fact]
    public async Task Another_exit_code_fails_the_one_that_waits()
    {
        var first = _builder.AddShell("first", "echo the reason; exit 4");
        _builder.AddSleeper("second").WaitForCompletion(first);
        await using var app = await _builder.StartAsync();

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("second", Limits.Token));

        Assert.Contains("is FailedToStart", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'first', which ended with exit code 4 instead of 0", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dependency_that_cannot_start_fails_the_one_that_waits()
    {
        var first = _builder.AddExecutable("first", "/there/is/no/such/program", "/");
        _builder.AddSleeper("second").WaitFor(first);
        await using var app = await _builder.StartAsync();

        await app.ResourceNotifications.WaitForResourceAsync("second", KnownResourceStates.FailedToStart, Limits.Token);

        Assert.Equal(KnownResourceStates.FailedToStart, app.StateOf("first"));
    }

    [Fact]
    public async Task Who_wants_to_wait_on_waits_on()
    {
        var first = _builder.AddShell("first", "sleep 0.1; exit 1").WithCheck(new Switch());
        _builder.AddSleeper("second").WaitFor(first, WaitBehavior.WaitOnResourceUnavailable);
        await using var app = await _builder.StartAsync();

        await app.ResourceNotifications.WaitForResourceAsync("first", KnownResourceStates.TerminalStates, Limits.Token);
        await Task.Delay(500);

        Assert.Equal(KnownResourceStates.Waiting, app.StateOf("second"));
    }

    [Fact]
    public async Task The_log_says_every_few_seconds_what_it_waits_for_and_why_that_is_not_there()
    {
        var log = new RecordedLog();
        _builder.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(log);
        var first = _builder.AddSleeper("first").WithCheck(new Switch { Reason = "the tape is not in" });
        _builder.AddSleeper("second").WaitFor(first);
        await using var app = await _builder.StartAsync();

        await Limits.UntilAsync(
            () => log.Lines.Any(line => line.Contains("Waiting for first to be healthy (now Running, Unhealthy: the tape is not in)", StringComparison.Ordinal)),
            "the waiting is logged");
        Assert.Contains(log.Lines, line => line.Contains("Not healthy yet: Running, Unhealthy: the tape is not in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wait_that_is_given_up_says_what_was_missing()
    {
        _builder.AddSleeper("first").WithCheck(new Switch { Reason = "the tape is not in" });
        await using var app = await _builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceAsync("first", cancellationToken: Limits.Token);
        using var impatient = new CancellationTokenSource(500);

        var given = await Assert.ThrowsAsync<OperationCanceledException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("first", impatient.Token));

        Assert.Contains("the tape is not in", given.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_something_that_does_not_exist_fails_at_once()
    {
        _builder.AddSleeper("first");
        await using var app = await _builder.StartAsync();

        await Assert.ThrowsAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("frist", Limits.Token));
    }

    [Fact]
    public async Task A_resource_that_ended_before_it_was_healthy_fails_the_wait_with_its_last_lines()
    {
        _builder.AddShell("first", "echo what went wrong >&2; exit 9").WithCheck(new Switch());
        await using var app = await _builder.StartAsync();

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("first", Limits.Token));

        Assert.Contains("exit code 9", failure.Message, StringComparison.Ordinal);
        Assert.Contains("what went wrong", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_a_child_is_waiting_for_its_parent()
    {
        var check = new Switch();
        var parent = _builder.AddSleeper("parent").WithCheck(check);
        var child = _builder.AddResource(new Child("child", parent.Resource));
        _builder.AddSleeper("second").WaitFor(child);
        await using var app = await _builder.StartAsync();

        await app.ResourceNotifications.WaitForResourceAsync("child", cancellationToken: Limits.Token);
        await Task.Delay(300);
        Assert.Equal(KnownResourceStates.Waiting, app.StateOf("second"));

        check.IsHealthy = true;
        await app.ResourceNotifications.WaitForResourceAsync("second", cancellationToken: Limits.Token);
    }

    private sealed class Child(string name, ExecutableResource parent) : Resource(name), IResourceWithParent<ExecutableResource>
    {
        public ExecutableResource Parent => parent;
    }
}
