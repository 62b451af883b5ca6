using System.Diagnostics;

namespace Delegation.Benchmarks.Start;

/// <summary>
/// How long a developer waits after <c>dotnet run --no-build --project AppHost</c>, how much memory the platform then holds, and how long it
/// takes to stop; with the data of the previous run as on every day, and with none as on the first. The AppHost has to be built before.
/// </summary>
internal static class StartBenchmark
{
    /// <summary>Counted from readiness, so that what only the start needed has been given back.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(int rounds, CancellationToken cancellation)
    {
        Machine.Describe();

        var variants = new List<Variant> { new("data of the previous run", []), new("no data yet", ["--Data:Persist=false"]) };
        // A first run that is not counted: it makes the data that the others find.
        await MeasureAsync(variants[0], cancellation);
        for (var round = 0; round < rounds; round++)
            foreach (var variant in variants)
                variant.Runs.Add(await MeasureAsync(variant, cancellation));

        Console.WriteLine($"""
            {rounds} rounds, median (least–greatest)

            | | seconds to all healthy | MB (proportional) | processes | seconds to stop |
            | --- | --- | --- | --- | --- |
            """);
        foreach (var variant in variants)
            Console.WriteLine(
                $"| {variant.Name} | {variant.Of(run => run.Start.TotalSeconds).Text("0.0")} | {variant.Of(run => run.Memory.Values.Sum()).Text("0")} "
                + $"| {variant.Of(run => run.Processes).Text("0")} | {variant.Of(run => run.Stop.TotalSeconds).Text("0.0")} |");

        Console.WriteLine("\n| process | MB (proportional) |\n| --- | --- |");
        var names = variants[0].Runs.SelectMany(run => run.Memory.Keys).Distinct();
        foreach (var (name, memory) in names
            .Select(name => (name, variants[0].Of(run => run.Memory.GetValueOrDefault(name)))).OrderByDescending(entry => entry.Item2.Median))
            Console.WriteLine($"| {name} | {memory.Text("0")} |");
    }

    private static async Task<Run> MeasureAsync(Variant variant, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        await using var platform = RunningPlatform.Start(variant.Arguments);
        await platform.UntilReadyAsync(cancellation);
        var start = clock.Elapsed;

        await platform.CheckHealthAsync(cancellation);
        await Task.Delay(Settling, cancellation);
        var processes = platform.Processes();
        var memory = processes
            .GroupBy(ProcessName.Of)
            .ToDictionary(group => group.Key, group => group.Sum(process => ProcessTree.ProportionalKibibytes(process)) / 1024.0);

        clock.Restart();
        await platform.StopAsync(cancellation);
        return new Run(start, memory, processes.Count, clock.Elapsed);
    }

    private sealed record Run(TimeSpan Start, Dictionary<string, double> Memory, int Processes, TimeSpan Stop);

    private sealed record Variant(string Name, string[] Arguments)
    {
        public List<Run> Runs { get; } = [];

        public Statistics Of(Func<Run, double> value) => new(Runs.Select(value));
    }
}
