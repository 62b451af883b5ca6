using Delegation.Persistence.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Delegation.Persistence.Journal;

/// <summary>
/// Seals what commands left pending. Each replica of a service runs one, and one of them leads. Commands never wait for it: it asks
/// for news, since a notification in a command's transaction would make the commits of all commands wait for each other.
/// </summary>
internal sealed class Sealer(
    [FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource, TimeProvider clock, ILogger<Sealer> logger) : BackgroundService
{
    // After news there is soon more, which is sealed at once in one transaction; where nothing happens, ten questions a second do.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(80);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new Leadership(dataSource, "journal sealer", clock, logger).RunAsync(SealAsync, stoppingToken);

    private async Task SealAsync(NpgsqlConnection connection, BackOff backOff, CancellationToken cancellationToken)
    {
        var batches = await SealBatches.StartAsync(connection, clock, cancellationToken);
        var pause = ShortestPause;
        while (true)
        {
            var count = await batches.SealNextAsync(cancellationToken);
            backOff.Succeeded();
            if (count == SealBatches.Size)
                continue;

            pause = count > 0 ? ShortestPause : pause < LongestPause ? pause * 2 : LongestPause;
            await Task.Delay(pause, clock, cancellationToken);
        }
    }
}
