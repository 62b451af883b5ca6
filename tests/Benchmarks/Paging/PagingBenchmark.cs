using System.Diagnostics;
using Delegation.Persistence;
using Delegation.Persistence.Tenancy;
using Npgsql;

namespace Delegation.Benchmarks.Paging;

/// <summary>
/// What the policy costs a list: pages of 50 among a million rows of 100 delegations, for an insurer and for a delegate, with row-level
/// security and from a copy of the table without. Both state the caller's predicate, as every query does.
/// </summary>
internal static class PagingBenchmark
{
    private const int PagesPerRound = 400;

    private static readonly (string Side, int Organization, string Sees)[] Callers = [("owner", 3, "both,insurer"), ("delegate", 7, "both,delegate")];

    public static async Task RunAsync(int rounds, CancellationToken cancellation)
    {
        Machine.Describe();
        await using var rows = await MillionRows.CreateAsync(cancellation);
        var source = new NpgsqlDataSourceBuilder(rows.RequestConnectionString);
        Pools.OfRequests(source); // as a service has it
        await using var requests = source.Build();
        var sessions = new TenantSessions(requests);

        Console.WriteLine($"{rounds} rounds of {PagesPerRound} pages, median (least–greatest)\n");
        Console.WriteLine("| caller | with policy, ms a page | without, ms a page | ratio |\n| --- | --- | --- | --- |");
        foreach (var caller in Callers)
        {
            var (with, without) = (new List<double>(), new List<double>());
            for (var round = -1; round < rounds; round++)
            {
                var (policed, open) = await MeasureAsync(sessions, caller, round, cancellation);
                if (round < 0)
                    continue; // only warms up

                with.Add(policed);
                without.Add(open);
            }

            var ratio = new Statistics(with.Zip(without, (policed, open) => policed / open));
            Console.WriteLine($"| {caller.Side} | {new Statistics(with).Text("0.000")} | {new Statistics(without).Text("0.000")} | {ratio.Text("0.00")} |");
        }

        foreach (var caller in Callers)
            await ShowPlanAsync(sessions, caller, cancellation);
    }

    /// <summary>Milliseconds a page, with the policy and without.</summary>
    private static async Task<(double With, double Without)> MeasureAsync(
        TenantSessions sessions, (string Side, int Organization, string Sees) caller, int round, CancellationToken cancellation)
    {
        var organization = MillionRows.OrganizationId(caller.Side, caller.Organization);
        await using var session = await sessions.OpenAsync(new Caller(organization, Guid.Empty, new HashSet<string>()), cancellation);
        await session.ExecuteAsync("SELECT 1", cancellationToken: cancellation);

        var (random, bytes) = (new Random(round), new byte[16]);
        var (with, without) = (new Stopwatch(), new Stopwatch());
        for (var page = 0; page < PagesPerRound; page++)
        {
            random.NextBytes(bytes);
            var after = new Guid(bytes);

            // Page by page, each first in turn, so that what disturbs one disturbs the other.
            foreach (var (table, clock) in page % 2 == 0 ? [("paged", with), ("paged_open", without)] : new[] { ("paged_open", without), ("paged", with) })
            {
                clock.Start();
                await session.QueryAsync<Row>(Query(table, caller.Side), new { organization, sees = caller.Sees.Split(','), after }, cancellation);
                clock.Stop();
            }
        }

        return (with.Elapsed.TotalMilliseconds / PagesPerRound, without.Elapsed.TotalMilliseconds / PagesPerRound);
    }

    private static async Task ShowPlanAsync(TenantSessions sessions, (string Side, int Organization, string Sees) caller, CancellationToken cancellation)
    {
        var organization = MillionRows.OrganizationId(caller.Side, caller.Organization);
        await using var session = await sessions.OpenAsync(new Caller(organization, Guid.Empty, new HashSet<string>()), cancellation);
        var plan = await session.QueryAsync<string>(
            $"EXPLAIN (ANALYZE, COSTS OFF) {Query("paged", caller.Side)}", new { organization, sees = caller.Sees.Split(','), after = Guid.Empty }, cancellation);

        Console.WriteLine($"\nThe plan for the {caller.Side}'s first page:\n\n{string.Join('\n', plan.Select(line => "    " + line))}");
    }

    private static string Query(string table, string side) =>
        $"SELECT row_id AS id, delegation_id AS delegationid, visibility, body FROM {table} WHERE {side}_id = @organization AND visibility = ANY (@sees) AND row_id > @after ORDER BY row_id LIMIT 50";

    private sealed record Row(Guid Id, Guid DelegationId, string Visibility, string Body);
}
