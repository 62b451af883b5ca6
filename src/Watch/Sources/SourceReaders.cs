namespace Delegation.Watch.Sources;

/// <summary>Reads what is due, a few sources at a time, as long as the process lives.</summary>
internal sealed class SourceReaders(SourceReading reading, SourceReader reader, ILogger<SourceReaders> logger) : BackgroundService
{
    private const int AtOnce = 4;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        reading.Due.ReadAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
        async (due, cancellationToken) =>
        {
            try
            {
                await reader.ReadAsync(due.OwnerId, due.SourceId, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // It stays on the list, and is due again when its lease is over.
                logger.SourceNotRead(due.SourceId, exception);
            }
        });
}
