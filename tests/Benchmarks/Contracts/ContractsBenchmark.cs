using Delegation.Benchmarks.Gateway;
using Delegation.Contracts.V1;
using Delegation.Persistence.Paging;
using Google.Protobuf;

namespace Delegation.Benchmarks.Contracts;

/// <summary>
/// What all of ours costs a call that reads or writes: through the gateway, with token, limits, Redis, access, session and mapping, beside <c>pgbench</c>
/// running the same statements on the same database with as many at once. And what a page costs among a million rows beside one among ten thousand.
/// </summary>
internal static class ContractsBenchmark
{
    public const int AtOnce = 32;

    private const int Few = 10_000;
    private const int Many = 1_000_000;

    // Until the just-in-time compiler has done what it does: with less, more than a third of the measured processor time was its.
    private const int WarmUp = 40_000;
    private const int Probe = 3_000;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private static readonly Load Load = new($"{AtOnce} at once", 4, AtOnce / 4);
    private static readonly Load OneByOne = new("one at a time", 1, 1);

    public static async Task RunAsync(int rounds, CancellationToken cancellation)
    {
        Machine.Describe();
        var folder = Directory.CreateTempSubdirectory("benchmark-").FullName;
        try
        {
            await using var few = await ContractsPlatform.StartAsync(Few, cancellation);
            await using var many = await ContractsPlatform.StartAsync(Many, cancellation);
            await BesideAsync(few, rounds, folder, cancellation);
            await PagesAsync(few, many, rounds, folder, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task BesideAsync(ContractsPlatform platform, int rounds, string folder, CancellationToken cancellation)
    {
        var address = platform.Gateway.Process.Address;
        var (insurer, tpa) = (Generator(platform, ContractsPlatform.InsurerSubject, folder), Generator(platform, ContractsPlatform.DelegateSubject, folder));
        var draft = new CreateDelegationRequest { Title = "Collective", Counterpart = new Counterpart { LegalName = "Mutuelle", Siren = "775685399" } };
        var after = ContractsPlatform.DelegationId(Few / 2);
        (string Name, LoadGenerator Generator, LoadCall Call, string Script, (string, object)[] Variables)[] calls =
        [
            ("GetDelegation", insurer, Of(address, "GetDelegation", new GetDelegationRequest { DelegationId = after.ToString() }), Scripts.Get,
                [.. Caller(platform, ContractsPlatform.Insurer, ContractsPlatform.InsurerSubject), ("delegation", after)]),
            ("ListDelegations, a page of 50", insurer, Page(address, Few), Scripts.List, [.. Caller(platform, ContractsPlatform.Insurer, ContractsPlatform.InsurerSubject), ("after", after), ("limit", 51)]),
            ("CreateDelegation", tpa, Of(address, "CreateDelegation", draft) with { AnswersDiffer = true }, Scripts.Create,
                [.. Caller(platform, ContractsPlatform.Delegate, ContractsPlatform.DelegateSubject)]),
        ];

        Console.WriteLine($"{AtOnce} at once, {rounds} rounds of about {Round.TotalSeconds:0} s, median (least–greatest)\n");
        Console.WriteLine("| | through the gateway, a second | pgbench, a second | × pgbench | p50 ms | p99 ms |\n| --- | --- | --- | --- | --- | --- |");
        foreach (var (name, generator, call, script, variables) in calls)
        {
            await generator.RunAsync(call, Load, WarmUp, cancellation);
            var count = (long)((await generator.RunAsync(call, Load, Probe, cancellation)).PerSecond * Round.TotalSeconds);
            var (ours, theirs) = (new List<LoadResult>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                // Beside each other, so that what disturbs one disturbs both.
                var before = await platform.CountDraftsAsync();
                ours.Add(await generator.RunAsync(call, Load, count, cancellation));
                // With the one call that a real client makes to know how long the answer is.
                if (call.AnswersDiffer && await platform.CountDraftsAsync() - before != count + 1)
                    throw new NotMeasurableException($"Not every {name} took effect.");
                theirs.Add(await Pgbench.MeasureAsync(platform.RequestConnectionString, script, AtOnce, Round, cancellation, variables));
            }

            var ratio = new Statistics(ours.Zip(theirs, (our, their) => our.PerSecond / their));
            Console.WriteLine(
                $"| {name} | {new Statistics(ours.Select(our => our.PerSecond)).Text("0")} | {new Statistics(theirs).Text("0")} | {ratio.Text("0.00")} "
                + $"| {new Statistics(ours.Select(our => our.P50)).Text("0.0")} | {new Statistics(ours.Select(our => our.P99)).Text("0.0")} |");
        }
    }

    // A page in the middle of each list, one at a time, so that it is the page that is measured and not the waiting.
    private static async Task PagesAsync(ContractsPlatform few, ContractsPlatform many, int rounds, string folder, CancellationToken cancellation)
    {
        const int Calls = 1_500;
        var (ofFew, ofMany) = (new List<double>(), new List<double>());
        for (var round = -1; round < rounds; round++)
            foreach (var (platform, rows, times) in new[] { (few, Few, ofFew), (many, Many, ofMany) })
            {
                var result = await Generator(platform, ContractsPlatform.InsurerSubject, folder).RunAsync(Page(platform.Gateway.Process.Address, rows), OneByOne, Calls, cancellation);
                // The first round only warms up.
                if (round >= 0)
                    times.Add(result.P50);
            }

        var ratio = new Statistics(ofMany.Zip(ofFew, (long_, short_) => long_ / short_));
        Console.WriteLine($"""

            A page of 50 through the gateway, one at a time, {rounds} rounds of {Calls} calls: p50 in ms, median (least–greatest)

            | among {Few:N0} rows | among {Many:N0} rows | ratio |
            | --- | --- | --- |
            | {new Statistics(ofFew).Text("0.00")} | {new Statistics(ofMany).Text("0.00")} | {ratio.Text("0.00")} |
            """);
    }

    private static LoadGenerator Generator(ContractsPlatform platform, string subject, string folder) =>
        new(platform.Gateway.Issuer.Token(subject, expires: DateTime.UtcNow.AddHours(3)), folder);

    private static LoadCall Page(string address, int rows) => Of(
        address, "ListDelegations", new ListDelegationsRequest { PageSize = 50, PageToken = new PageKey(default, ContractsPlatform.DelegationId(rows / 2)).ToToken() });

    private static LoadCall Of(string address, string rpc, IMessage request) => new(address, IsRest: false, Delegations.Descriptor.FindMethodByName(rpc), request);

    private static (string, object)[] Caller(ContractsPlatform platform, Guid organization, string subject) =>
        [("issuer", platform.Gateway.Issuer.Authority), ("subject", subject), ("organization", organization), ("person", platform.PersonOf(subject))];
}
