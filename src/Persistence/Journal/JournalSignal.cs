using Delegation.Persistence.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Delegation.Persistence.Journal;

/// <summary>
/// Tells everybody in this process who waits for new entries that some were sealed, by whichever replica. It only shortens the wait:
/// who waits looks by itself after a while, so that a signal that was lost costs time and nothing else.
/// </summary>
internal sealed class JournalSignal(
    [FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource, TimeProvider clock, ILogger<JournalSignal> logger) : BackgroundService
{
    /// <summary>The notification channel of the database.</summary>
    public const string Channel = "journal_sealed";

    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends at the next signal. Take it before looking, or what is sealed in between is waited for in vain.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backOff = new BackOff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(backOff, stoppingToken);
            }
            catch (Exception stopped) when (stopped is OperationCanceledException && stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                logger.SignalLost(failure);
                await Task.Delay(backOff.Failed(), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(BackOff backOff, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var listen = new NpgsqlCommand($"LISTEN {Channel}", connection);
        await listen.ExecuteNonQueryAsync(cancellationToken);
        backOff.Succeeded();
        while (true)
        {
            // What came while nobody listened is news too.
            Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            await connection.WaitAsync(cancellationToken);
        }
    }
}
