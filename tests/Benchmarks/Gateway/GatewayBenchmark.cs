using Delegation.TestKit.Tokens;

namespace Delegation.Benchmarks.Gateway;

/// <summary>
/// What the gateway costs a small unary call, beside no proxy at all, YARP without our work around it, and nginx. Each in a process of its
/// own in front of the same service; rounds are interleaved, so that a machine that slows down slows all of them.
/// </summary>
internal static class GatewayBenchmark
{
    private const int WarmUp = 20_000;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);
    private static readonly Load[] Loads = [new("64 calls at a time, on 4 connections", 4, 16), new("one call at a time", 1, 1)];

    public static async Task RunAsync(int rounds, CancellationToken cancellation)
    {
        Machine.Describe();
        var folder = Directory.CreateTempSubdirectory("benchmark-").FullName;
        try
        {
            // All four carry the same token; only the gateway checks it, as it does for every call.
            await using var issuer = await TestIssuer.StartAsync();
            var token = issuer.Token("somebody", expires: DateTime.UtcNow.AddHours(3));
            await using var service = await ServerProcess.StartDotnetAsync(
                typeof(GatewayBenchmark).Assembly.Location, port => [EchoServer.Command, $"--GRPC_PORT={port}"], null, cancellation);
            await using var bare = await ServerProcess.StartDotnetAsync(
                typeof(GatewayBenchmark).Assembly.Location, port => [BareProxy.Command, $"{port}", service.Address], null, cancellation);
            await using var gateway = await ServerProcess.StartDotnetAsync(
                Repository.Output("src/Gateway", "Gateway.dll"), _ => [], port => GatewaySettings(port, service, issuer), cancellation);
            await using var nginx = await Nginx.StartAsync(service.Port, folder, cancellation);

            var targets = new List<Target> { new("direct", service, null), new("bare YARP", bare, bare), new("our gateway", gateway, gateway) };
            if (nginx is not null)
                targets.Add(new Target("nginx grpc_pass", nginx, nginx));
            else
                Console.WriteLine("nginx: not available (not installed, and only root can install it)");

            foreach (var load in Loads)
                await MeasureAsync(load, rounds, targets, token, folder, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(Load load, int rounds, List<Target> targets, string token, string folder, CancellationToken cancellation)
    {
        // Some thousand calls first, so that the runtime has compiled what is hot, and to know how many fill a round.
        var calls = new Dictionary<Target, long>();
        foreach (var target in targets)
        {
            await LoadGenerator.RunAsync(target.Server.Address, load, WarmUp, token, folder, cancellation);
            var warm = await LoadGenerator.RunAsync(target.Server.Address, load, WarmUp, token, folder, cancellation);
            calls[target] = (long)(warm.PerSecond * Round.TotalSeconds);
        }

        for (var round = 0; round < rounds; round++)
            foreach (var target in targets)
            {
                var before = target.Proxy?.ProcessorTime();
                var result = await LoadGenerator.RunAsync(target.Server.Address, load, calls[target], token, folder, cancellation);
                target.Add(load, result, (target.Proxy?.ProcessorTime() - before)?.TotalMicroseconds / calls[target]);
            }

        Console.WriteLine($"""
            {load.Name}: {rounds} rounds of about {Round.TotalSeconds:0} s, median (least–greatest)

            | | calls/s | × direct | × bare YARP | × nginx | p50 ms | p99 ms | processor µs/call of the proxy |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            """);
        foreach (var target in targets)
            Console.WriteLine(
                $"| {target.Name} | {target.Of(load, run => run.Result.PerSecond).Text("0")} | {Ratio(target, "direct")} | {Ratio(target, "bare YARP")} | {Ratio(target, "nginx grpc_pass")} "
                + $"| {target.Of(load, run => run.Result.P50).Text("0.00")} | {target.Of(load, run => run.Result.P99).Text("0.00")} | {target.Cost(load)} |");
        Console.WriteLine();

        string Ratio(Target target, string name)
        {
            // Round by round: both runs of a pair saw the same machine.
            var other = targets.Find(candidate => candidate.Name == name);
            return other is null ? "–" : new Statistics(
                target.Runs(load).Zip(other.Runs(load), (mine, theirs) => mine.Result.PerSecond / theirs.Result.PerSecond)).Text("0.00");
        }
    }

    private static Dictionary<string, string> GatewaySettings(int port, ServerProcess service, TestIssuer issuer) => new()
    {
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["Authentication__Authority"] = issuer.Authority,
        ["GRPC_PORT"] = $"{port}",
        ["services__contracts__grpc__0"] = service.Address,
        ["services__delivery__grpc__0"] = service.Address,
        ["services__reporting__grpc__0"] = service.Address,
        ["services__watch__grpc__0"] = service.Address,
    };

    /// <summary>One way to the service and what was measured on it.</summary>
    private sealed record Target(string Name, ServerProcess Server, ServerProcess? Proxy)
    {
        private readonly List<(Load Load, LoadResult Result, double? Cost)> _runs = [];

        public void Add(Load load, LoadResult result, double? cost) => _runs.Add((load, result, cost));

        public IEnumerable<(Load Load, LoadResult Result, double? Cost)> Runs(Load load) => _runs.Where(run => run.Load == load);

        public Statistics Of(Load load, Func<(Load Load, LoadResult Result, double? Cost), double> value) => new(Runs(load).Select(value));

        public string Cost(Load load) =>
            Proxy is null ? "–" : Of(load, run => run.Cost!.Value).Text("0");
    }
}
