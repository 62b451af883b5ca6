using Delegation.Persistence.Tenancy;
using Npgsql;

namespace Delegation.JournalProcess;

/// <summary>Changes things at random, as fast as one caller can, until the process is killed. What fails is left for the next.</summary>
internal static class Writer
{
    public static async Task RunAsync(TenantSessions sessions)
    {
        while (true)
        {
            try
            {
                await Things.ChangeAsync(sessions, Things.Owner(Random.Shared.Next(1000)), Random.Shared.Next(1000), CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50);
            }
        }
    }
}
