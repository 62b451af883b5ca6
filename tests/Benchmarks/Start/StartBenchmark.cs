namespace Delegation.Benchmarks.Start;

internal static class StartBenchmark
{
    public static Task RunAsync(int rounds, CancellationToken cancellation) => rounds == 0 ? Task.CompletedTask : Task.FromCanceled(cancellation);
}
