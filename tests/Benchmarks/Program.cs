using Delegation.Benchmarks;
using Delegation.Benchmarks.Contracts;
using Delegation.Benchmarks.Gateway;
using Delegation.Benchmarks.Import;
using Delegation.Benchmarks.Journal;
using Delegation.Benchmarks.Paging;
using Delegation.Benchmarks.Report;
using Delegation.Benchmarks.Start;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The servers that were started have to be ended first.
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    switch (args)
    {
        case ["contracts", .. var rounds]:
            await ContractsBenchmark.RunAsync(Rounds(rounds, 5), stop.Token);
            return 0;
        case ["gateway", .. var rounds]:
            await GatewayBenchmark.RunAsync(Rounds(rounds, 7), stop.Token);
            return 0;
        case ["events", .. var rounds]:
            await EventsBenchmark.RunAsync(Rounds(rounds, 7), stop.Token);
            return 0;
        case ["start", .. var rounds]:
            await StartBenchmark.RunAsync(Rounds(rounds, 5), stop.Token);
            return 0;
        case ["paging", .. var rounds]:
            await PagingBenchmark.RunAsync(Rounds(rounds, 9), stop.Token);
            return 0;
        case ["journal", .. var rounds]:
            await JournalBenchmark.RunAsync(Rounds(rounds, 3), stop.Token);
            return 0;
        case ["import", .. var settings]:
            await ImportBenchmark.RunAsync(Rounds([.. settings.Take(1)], 5), Rounds([.. settings.Skip(1)], 1_000_000), stop.Token);
            return 0;
        case ["report", .. var settings]:
            await ReportBenchmark.RunAsync(Rounds([.. settings.Take(1)], 5), Rounds([.. settings.Skip(1)], 10_000_000), stop.Token);
            return 0;
        case [EchoServer.Command, .. var settings]:
            await EchoServer.RunAsync(settings);
            return 0;
        case [BareProxy.Command, var port, var destination]:
            await BareProxy.RunAsync(port, destination);
            return 0;
        default:
            Console.Error.WriteLine("usage: dotnet run -c Release --project tests/Benchmarks -- contracts|events|gateway|import|journal|paging|report|start [rounds] [lines]");
            return 2;
    }
}
catch (NotMeasurableException reason)
{
    Console.Error.WriteLine(reason.Message);
    return 1;
}

static int Rounds(string[] args, int usual) => args is [var text] && int.TryParse(text, out var rounds) && rounds > 0 ? rounds : usual;
