using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Delegation.Persistence.DueWork;

/// <summary>Does what is due, as long as the process lives.</summary>
internal sealed class DueWorker(DueWorkQueue queue, ILogger<DueWorker> logger) : BackgroundService
{
    // Real time, whatever the platform's clock says: a clock that is moved is noticed within this.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wasDown = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await queue.RunNextAsync(stoppingToken))
                {
                }

                wasDown = false;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The database is away. Health says so already; here once, and not at each attempt.
                if (!wasDown)
                    logger.DueWorkInterrupted(exception);

                wasDown = true;
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
