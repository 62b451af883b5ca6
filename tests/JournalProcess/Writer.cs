using Delegation.Persistence.Tenancy;
using Npgsql;

namespace Delegation.JournalProcess;

/// <summary>Changes things at random, as fast as one caller can, until it is killed. What fails is left for the next.</summary>
internal sealed class Writer(TenantSessions sessions) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Things.ChangeAsync(sessions, Things.Owner(Random.Shared.Next(1000)), Random.Shared.Next(1000), stoppingToken);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50, stoppingToken);
            }
        }
    }
}
