using Aspire.Hosting.Local.Processes;

namespace Delegation.StandIns.Tests.Ports;

/// <summary>Several processes of one project share an endpoint.</summary>
public sealed class ReplicaTests : IAsyncDisposable
{
    private const int Replicas = 3;
    private readonly IDistributedApplicationTestingBuilder _builder = DistributedApplicationTestingBuilder.Create();

    [Fact]
    public async Task Connections_are_spread_over_all_of_them()
    {
        _builder.AddService("service").WithReplicas(Replicas);
        await using var app = await _builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", Limits.Token);

        // The resource is healthy as soon as one of them answers; counting starts when all do.
        var limit = Limits.Token;
        for (var seen = new HashSet<string>(); seen.Count < Replicas; seen.Add(await AskAsync(app)))
        {
            limit.ThrowIfCancellationRequested();
        }

        var counts = new Dictionary<string, int>();
        for (var i = 0; i < 90; i++)
        {
            var who = await AskAsync(app);
            counts[who] = counts.GetValueOrDefault(who) + 1;
        }

        Assert.Equal(Replicas, counts.Count);
        Assert.All(counts.Values, count => Assert.True(count > 5, $"One of {Replicas} replicas got {count} of 90 connections"));
    }

    [Fact]
    public async Task A_kept_connection_stays_with_its_replica()
    {
        _builder.AddService("service").WithReplicas(Replicas);
        await using var app = await _builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", Limits.Token);
        using var client = app.CreateHttpClient("service");

        var answers = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            answers.Add(await client.GetStringAsync("/", Limits.Token));
        }

        Assert.Single(answers);
    }

    [Fact]
    public async Task One_that_died_is_left_out_and_told()
    {
        _builder.AddService("service").WithReplicas(Replicas);
        await using var app = await _builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", Limits.Token);
        var dead = await AskAsync(app);

        Signals.Send(ProcessIdentity.Of(int.Parse(dead))!.Value, Signals.Kill);
        var ended = await app.ResourceNotifications.WaitForResourceAsync("service", e => e.Snapshot.ExitCode == 137, Limits.Token);

        Assert.Equal(KnownResourceStates.Finished, ended.Snapshot.State!.Text);
        for (var i = 0; i < 30; i++)
        {
            Assert.NotEqual(dead, await AskAsync(app));
        }
    }

    [Fact]
    public async Task Each_has_ports_and_an_identity_of_its_own()
    {
        _builder.AddService("service").WithReplicas(2);
        await using var app = await _builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", Limits.Token);

        var seen = new Dictionary<string, (string Urls, string Identity)>();
        for (var i = 0; seen.Count < 2 && i < 100; i++)
        {
            var environment = await app.EnvironmentOfAsync("service");
            seen[environment[RunMarker.Variable]] = (environment["ASPNETCORE_URLS"], environment["OTEL_RESOURCE_ATTRIBUTES"]);
        }

        Assert.Equal(2, seen.Values.Select(replica => replica.Urls).Distinct().Count());
        Assert.Equal(2, seen.Values.Select(replica => replica.Identity).Distinct().Count());
        Assert.DoesNotContain(seen.Values, replica => replica.Urls.Contains($":{app.GetEndpoint("service").Port}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connections_wait_while_no_replica_is_up()
    {
        var gate = new TempDirectory();
        var first = _builder.AddShell("first", $"while [ ! -e {gate.File("open")} ]; do sleep 0.1; done");
        _builder.AddService("service").WithReplicas(2).WaitForCompletion(first);
        await using var app = await _builder.StartAsync();

        var answer = AskAsync(app);
        await Task.Delay(500);
        Assert.False(answer.IsCompleted);

        File.WriteAllText(gate.File("open"), "");
        Assert.NotEmpty(await answer);
        gate.Dispose();
    }

    [Fact]
    public async Task A_process_that_insists_on_its_own_port_is_reached_through_the_public_one()
    {
        using var reserved = Aspire.Hosting.Local.Ports.PortReservation.Any();
        var own = reserved.Port;
        reserved.Dispose();
        _builder.AddService("service").WithEndpoint("http", endpoint => endpoint.TargetPort = own);
        await using var app = await _builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", Limits.Token);

        Assert.NotEqual(own, app.GetEndpoint("service").Port);
        Assert.NotEmpty(await AskAsync(app));
    }

    public async ValueTask DisposeAsync() => await _builder.DisposeAsync();

    // A new client is a new connection.
    private static async Task<string> AskAsync(DistributedApplication app)
    {
        using var client = app.CreateHttpClient("service");
        return await client.GetStringAsync("/", Limits.Token);
    }
}
