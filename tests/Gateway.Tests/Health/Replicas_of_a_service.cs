using System.Collections.Concurrent;
using Delegation.Gateway.Tests.Hosts;
using Delegation.Gateway.Tests.Protos;
using Grpc.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Delegation.Gateway.Tests.Health;

public sealed class Replicas_of_a_service : IAsyncLifetime
{
    private readonly Dictionary<string, HealthCheckResult> _health = new() { ["one"] = HealthCheckResult.Healthy(), ["two"] = HealthCheckResult.Healthy() };
    private ServiceHost _one = null!;
    private ServiceHost _two = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _one = await StartAsync("one");
        _two = await StartAsync("two");
        _gateway = await GatewayHost.StartAsync([_one.Address, _two.Address]);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task Share_the_calls() => Assert.Equal(["one", "two"], (await AnswersAsync(60)).Keys.Order());

    [Fact]
    public async Task That_say_they_cannot_serve_get_no_calls_until_they_can_again()
    {
        _health["two"] = HealthCheckResult.Unhealthy();
        await Eventually.Async(async () => (await AnswersAsync(40)).Keys.SequenceEqual(["one"]));

        _health["two"] = HealthCheckResult.Healthy();
        await Eventually.Async(async () => (await AnswersAsync(40)).Count == 2);

        Assert.Contains(_gateway.Logs.Entries, entry => entry.EventId.Name == "ReplicaLeft");
        Assert.Contains(_gateway.Logs.Entries, entry => entry.EventId.Name == "ReplicaReturned");
    }

    [Fact]
    public async Task That_all_say_they_cannot_serve_are_asked_all_the_same()
    {
        _health["one"] = _health["two"] = HealthCheckResult.Unhealthy();
        await Eventually.True(() => _gateway.Logs.Entries.Count(entry => entry.EventId.Name == "ReplicaLeft") == 2);

        Assert.Equal(40, (await AnswersAsync(40)).Values.Sum());
    }

    [Fact]
    public async Task That_die_and_return_cost_few_calls()
    {
        var made = 0;
        var failed = new ConcurrentBag<StatusCode>();
        using var end = new CancellationTokenSource();
        var port = _two.Port;
        var callers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (; !end.IsCancellationRequested; Interlocked.Increment(ref made))
                try
                {
                    await _gateway.Client.UnaryAsync(new Message()).ResponseAsync.Within(10);
                }
                catch (RpcException error)
                {
                    failed.Add(error.StatusCode);
                }
        })).ToArray();

        await Task.Delay(300);
        await _two.DisposeAsync();
        // Longer than a call that failed is held against a replica: then the probes have to know.
        await Task.Delay(TimeSpan.FromSeconds(5));
        _two = await StartAsync("two", port);
        await Eventually.Async(async () => (await AnswersAsync(40)).Count == 2);
        await end.CancelAsync();
        await Task.WhenAll(callers).Within(20);

        // Half of them would fail if nobody noticed; those that are under way when the first one fails do in any case.
        Assert.All(failed, status => Assert.Equal(StatusCode.Unavailable, status));
        Assert.InRange(failed.Count, 0, made / 20);
    }

    [Fact]
    public async Task Keep_their_quiet_streams_when_another_one_dies()
    {
        using var stream = _gateway.Client.Chat();
        await stream.RequestStream.WriteAsync(new Message { Text = "first" });
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None).Within(10));
        var other = stream.ResponseStream.Current.Text == "one" ? _two : _one;

        await other.DisposeAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));

        await stream.RequestStream.WriteAsync(new Message { Text = "second" });
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None).Within(10));
    }

    private Task<ServiceHost> StartAsync(string name, int port = 0) => ServiceHost.StartAsync(
        new ProbeService
        {
            OnUnary = (_, _) => Task.FromResult(new Message { Text = name }),
            OnChat = async (requests, answers, context) =>
            {
                await foreach (var _ in requests.ReadAllAsync(context.CancellationToken))
                    await answers.WriteAsync(new Message { Text = name }, context.CancellationToken);
            },
        },
        port, () => _health[name]);

    /// <summary>Who answered how often.</summary>
    private async Task<SortedDictionary<string, int>> AnswersAsync(int calls)
    {
        var answers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var call = 0; call < calls; call++)
        {
            var name = (await _gateway.Client.UnaryAsync(new Message()).ResponseAsync.Within(10)).Text;
            answers[name] = answers.GetValueOrDefault(name) + 1;
        }

        return answers;
    }
}
