using Grpc.Core;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Delegation.Persistence.Journal;

/// <summary>
/// Lets one process of all replicas do a piece of work. The lock belongs to a connection of its own: whoever loses that connection,
/// by dying for example, has lost the lock at that moment, and any other may take over.
/// </summary>
internal sealed class Leadership(NpgsqlDataSource dataSource, string name, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan TakeOverPause = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Leads whenever nobody else does, until cancelled. <paramref name="lead"/> gets the connection that holds the lock and the means
    /// to say that it works; when it fails, it is called again after a bounded back-off.
    /// </summary>
    public async Task RunAsync(Func<NpgsqlConnection, BackOff, CancellationToken, Task> lead, CancellationToken cancellationToken)
    {
        var backOff = new BackOff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
                await LockAsync(connection, cancellationToken);
                try
                {
                    logger.LeadershipTaken(name);
                    await lead(connection, backOff, cancellationToken);
                }
                finally
                {
                    await UnlockAsync(connection);
                }
            }
            catch (Exception stopped) when (stopped is OperationCanceledException && cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                var pause = backOff.Failed();
                // Services start in any order: one that is not there yet is nothing to warn of, and health tells of one that stays away.
                if (failure is RpcException { StatusCode: StatusCode.Unavailable })
                    logger.SourceAway(name, pause.TotalSeconds);
                else
                    logger.LeadershipLost(name, pause.TotalSeconds, failure);

                await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Asked again and again and not waited for: a statement that waits for a lock holds a snapshot meanwhile, which keeps dead rows alive.
    private async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // The server notices in 25 seconds that the machine of a leader is gone, and not in two hours.
        await using var keepAlive = new NpgsqlCommand("SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3", connection);
        await keepAlive.ExecuteNonQueryAsync(cancellationToken);

        await using var attempt = new NpgsqlCommand("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = name } } };
        while (await attempt.ExecuteScalarAsync(cancellationToken) is not true)
            await Task.Delay(TakeOverPause, clock, cancellationToken);
    }

    // The pool keeps the connection open.
    private static async Task UnlockAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var unlock = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", connection);
            await unlock.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception gone) when (gone is NpgsqlException or InvalidOperationException)
        {
            // With the connection went the lock.
        }
    }
}
