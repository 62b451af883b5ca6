using System.Diagnostics;
using System.Globalization;
using Delegation.JournalProcess;
using Delegation.Persistence.Tenancy;

namespace Delegation.Benchmarks.Journal;

/// <summary>
/// What the journal costs: commands per second beside <c>pgbench</c> writing the same rows; and how long an entry takes to a follower
/// at half of that load. Both with 8 at once, on one server that waits for no disk.
/// </summary>
internal static class JournalBenchmark
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(int rounds, CancellationToken cancellation)
    {
        Machine.Describe();
        await using var database = await JournalDatabase.CreateAsync(cancellation);
        await using var others = await JournalDatabase.CreateAsync(cancellation); // for pgbench, whose entries nobody seals
        var sessions = new TenantSessions(database.Requests);
        await MeasureAsync(sessions, perSecond: null, cancellation); // warms up

        // Beside each other, so that what disturbs one disturbs the other.
        var (pgbench, limit, alone, followed) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            pgbench.Add(await Pgbench.MeasureAsync(others.Administrator, Scripts.Transaction, AtOnce, Round, cancellation));
            limit.Add(await Pgbench.MeasureAsync(others.Administrator, Scripts.OneStatement, AtOnce, Round, cancellation));
            alone.Add(await MeasureAsync(sessions, perSecond: null, cancellation));
        }

        await using var service = await database.StartServiceAsync(cancellation);
        await using var follower = await database.StartFollowerAsync(service, cancellation);
        await database.UntilAppliedAsync(cancellation); // what was written before they were there
        for (var round = 0; round < rounds; round++)
            followed.Add(await MeasureAsync(sessions, perSecond: null, cancellation));

        Console.WriteLine($"{rounds} rounds of {Round.TotalSeconds} s, median (least–greatest)\n");
        Console.WriteLine("| 8 at once | a second | × pgbench | × its one statement |\n| --- | --- | --- | --- |");
        Show("pgbench, the same rows in a transaction", pgbench);
        Show("pgbench, the same rows in one statement", limit);
        Show("commands", alone);
        Show("commands, while a sealer and a follower keep up on the same two cores", followed);

        void Show(string name, List<double> perSecond) => Console.WriteLine(
            $"| {name} | {new Statistics(perSecond).Text("0")} | {Beside(perSecond, pgbench)} | {Beside(perSecond, limit)} |");

        static string Beside(List<double> ours, List<double> theirs) => new Statistics(ours.Zip(theirs, (our, their) => our / their)).Text("0.00");

        // Only what is written at half load counts.
        await database.UntilAppliedAsync(cancellation);
        var before = await database.AskAsync<long>("SELECT coalesce(max(number), 0) FROM applied", cancellation);
        var rate = await MeasureAsync(sessions, perSecond: new Statistics(followed).Median / 2, cancellation);
        await database.UntilAppliedAsync(cancellation);
        var (median, p99) = (await LatencyAsync(0.5), await LatencyAsync(0.99));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nAt {rate:0} commands a second, from the entry's time to its application: median {median:0.0} ms, p99 {p99:0.0} ms"));

        Task<double> LatencyAsync(double share) => database.AskAsync<double>(
            string.Create(CultureInfo.InvariantCulture, $"SELECT percentile_cont({share}) WITHIN GROUP (ORDER BY latency) FROM applied WHERE number > {before}"), cancellation);
    }

    /// <summary>Commands per second: as many as go, or as many as asked for.</summary>
    private static async Task<double> MeasureAsync(TenantSessions sessions, double? perSecond, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var started = 0;
        var done = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; clock.Elapsed < Round; count++)
            {
                if (perSecond is { } rate && TimeSpan.FromSeconds(Interlocked.Increment(ref started) / rate) - clock.Elapsed is var early && early > TimeSpan.Zero)
                    await Task.Delay(early, cancellation);

                await Things.ChangeAsync(sessions, Things.Owner(Random.Shared.Next(1000)), Random.Shared.Next(1000), cancellation);
            }

            return count;
        })));

        return done.Sum() / clock.Elapsed.TotalSeconds;
    }
}
