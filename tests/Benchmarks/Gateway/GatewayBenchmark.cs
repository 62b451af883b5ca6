using System.Globalization;

namespace Delegation.Benchmarks.Gateway;

/// <summary>
/// What the gateway costs a small unary call, beside no proxy at all, YARP without our work around it, and nginx; and what the call costs as
/// REST. Each in a process of its own in front of the same service; rounds are interleaved, so that a machine that slows down slows all of them.
/// </summary>
internal static class GatewayBenchmark
{
    private const int WarmUp = 20_000;
    private const string Direct = "direct";
    private const string Bare = "bare YARP";
    private const string Ours = "our gateway";
    private const string Rest = "our gateway, REST";
    private const string Nginx = "nginx grpc_pass";
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);
    private static readonly Load Full = new("64 calls at a time, on 4 connections (REST: on 64)", 4, 16);
    private static readonly Load One = new("one call at a time", 1, 1);

    public static async Task RunAsync(int rounds, CancellationToken cancellation)
    {
        Machine.Describe();
        var folder = Directory.CreateTempSubdirectory("benchmark-").FullName;
        try
        {
            // All carry the same token; only the gateway checks it, as it does for every call, and counts.
            await using var gateway = await GatewayProcess.StartAsync(cancellation);
            var token = gateway.Issuer.Token("somebody", expires: DateTime.UtcNow.AddHours(3));
            await using var bare = await ServerProcess.StartDotnetAsync(
                typeof(GatewayBenchmark).Assembly.Location, port => [BareProxy.Command, $"{port}", gateway.Service.Address], _ => BareProxy.Environment, cancellation);
            await using var nginx = await Delegation.Benchmarks.Gateway.Nginx.StartAsync(gateway.Service.Port, folder, cancellation);

            var targets = new List<Target>
            {
                new(Direct, LoadGenerator.Grpc(gateway.Service.Address), null),
                new(Bare, LoadGenerator.Grpc(bare.Address), bare),
                new(Ours, LoadGenerator.Grpc(gateway.Process.Address), gateway.Process),
                new(Rest, LoadGenerator.Rest(gateway.RestAddress), gateway.Process),
            };
            if (nginx is not null)
                targets.Add(new Target(Nginx, LoadGenerator.Grpc(nginx.Address), nginx));
            else
                Console.WriteLine("nginx: not available (not installed, and only root can install it)");

            var generator = new LoadGenerator(token, folder);
            foreach (var load in new[] { Full, One })
                await MeasureAsync(load, rounds, targets, generator, cancellation);
            await MeasureHalfAsync(rounds, targets, generator, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(Load load, int rounds, List<Target> targets, LoadGenerator generator, CancellationToken cancellation)
    {
        // Some thousand calls first, so that the runtime has compiled what is hot, and to know how many fill a round.
        var calls = new Dictionary<Target, long>();
        foreach (var target in targets)
        {
            await generator.RunAsync(target.Call, load, WarmUp, cancellation);
            var warm = await generator.RunAsync(target.Call, load, WarmUp, cancellation);
            calls[target] = (long)(warm.PerSecond * Round.TotalSeconds);
        }

        for (var round = 0; round < rounds; round++)
            foreach (var target in targets)
            {
                var before = target.Proxy?.ProcessorTime();
                var result = await generator.RunAsync(target.Call, load, calls[target], cancellation);
                target.Add(load, result, (target.Proxy?.ProcessorTime() - before)?.TotalMicroseconds / calls[target]);
            }

        Console.WriteLine($"""
            {load.Name}: {rounds} rounds of about {Round.TotalSeconds:0} s, median (least–greatest)

            | | calls/s | × direct | × bare YARP | × nginx | p50 ms | p99 ms | processor µs/call of the proxy |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            """);
        foreach (var target in targets)
            Console.WriteLine(
                $"| {target.Name} | {target.Of(load, run => run.Result.PerSecond).Text("0")} | {Ratio(target, Direct)} | {Ratio(target, Bare)} | {Ratio(target, Nginx)} "
                + $"| {target.Of(load, run => run.Result.P50).Text("0.00")} | {target.Of(load, run => run.Result.P99).Text("0.00")} | {target.Cost(load)} |");
        Console.WriteLine();
        Console.WriteLine($"REST: {Ratio(targets.Single(target => target.Name == Rest), Ours)} of gRPC through our gateway");
        Console.WriteLine();

        string Ratio(Target target, string name)
        {
            // Round by round: both runs of a pair saw the same machine.
            var other = targets.Find(candidate => candidate.Name == name);
            return other is null ? "–" : new Statistics(
                target.Runs(load).Zip(other.Runs(load), (mine, theirs) => mine.Result.PerSecond / theirs.Result.PerSecond)).Text("0.00");
        }
    }

    // At half of what our gateway can do, where calls do not wait for each other: what it adds to the time of a call.
    private static async Task MeasureHalfAsync(int rounds, List<Target> targets, LoadGenerator generator, CancellationToken cancellation)
    {
        var ours = targets.Single(target => target.Name == Ours);
        var rate = ours.Of(Full, run => run.Result.PerSecond).Median / 2;
        var half = Full with { Name = "half", PerSecond = rate };
        for (var round = 0; round < rounds; round++)
            foreach (var target in targets.Where(target => target.Name != Rest))
                target.Add(half, await generator.RunAsync(target.Call, half, (long)(rate * Round.TotalSeconds), cancellation), null);

        var direct = targets.Single(target => target.Name == Direct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {rate:0} calls a second, half of what our gateway did: {rounds} rounds of about {Round.TotalSeconds:0} s, median (least–greatest)

            | | p50 ms | p99 ms | added p99 ms |
            | --- | --- | --- | --- |
            """));
        foreach (var target in targets.Where(target => target.Name != Rest))
        {
            var added = new Statistics(target.Runs(half).Zip(direct.Runs(half), (mine, theirs) => mine.Result.P99 - theirs.Result.P99));
            Console.WriteLine($"| {target.Name} | {target.Of(half, run => run.Result.P50).Text("0.00")} | {target.Of(half, run => run.Result.P99).Text("0.00")} | {added.Text("0.00")} |");
        }
    }

    /// <summary>One way to the service and what was measured on it.</summary>
    private sealed record Target(string Name, LoadCall Call, ServerProcess? Proxy)
    {
        private readonly List<(Load Load, LoadResult Result, double? Cost)> _runs = [];

        public void Add(Load load, LoadResult result, double? cost) => _runs.Add((load, result, cost));

        public IEnumerable<(Load Load, LoadResult Result, double? Cost)> Runs(Load load) => _runs.Where(run => run.Load == load);

        public Statistics Of(Load load, Func<(Load Load, LoadResult Result, double? Cost), double> value) => new(Runs(load).Select(value));

        public string Cost(Load load) =>
            Proxy is null ? "–" : Of(load, run => run.Cost!.Value).Text("0");
    }
}
