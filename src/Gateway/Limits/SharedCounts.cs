using StackExchange.Redis;

namespace Delegation.Gateway.Limits;

/// <summary>
/// Adds what this process has counted to what all have, four times a second and for everybody at once, so that no call waits for Redis: all
/// gateways together let through at most what they count in a quarter of a second beyond a limit. Without Redis each counts for itself.
/// </summary>
internal sealed class SharedCounts(CallLimits limits, LimitSettings settings, IServiceProvider services, ILogger<SharedCounts> logger)
    : BackgroundService
{
    private const int Together = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // ARGV: how long a count is kept, in milliseconds, then for each key how much to add.
    private const string Script =
        """
        local all = {}
        for i, key in ipairs(KEYS) do
            all[i] = redis.call('INCRBY', key, ARGV[i + 1])
            redis.call('PEXPIRE', key, ARGV[1])
        end
        return all
        """;

    private bool _lost;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryShareAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was not told any more would have been forgotten soon.
        }
    }

    private async Task TryShareAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ShareAsync(stoppingToken);
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            if (!_lost)
                logger.LimitsNotShared(away);
            _lost = true;
        }
    }

    private async Task ShareAsync(CancellationToken stoppingToken)
    {
        var window = limits.Window;
        var news = limits.Counts.Select(count => (Subject: count.Key, Count: count.Value, Calls: count.Value.Untold(window))).Where(count => count.Calls > 0);
        foreach (var some in news.Chunk(Together))
        {
            // Connecting blocks, for some seconds when nobody answers.
            var database = (await Task.Run(services.GetRequiredService<IConnectionMultiplexer>, stoppingToken)).GetDatabase();
            RedisKey[] keys = [.. some.Select(count => (RedisKey)count.Subject.Key(window))];
            RedisValue[] values = [(long)(2 * settings.Window).TotalMilliseconds, .. some.Select(count => (RedisValue)count.Calls)];
            var all = (RedisResult[]?)await database.ScriptEvaluateAsync(Script, keys, values);
            foreach (var (count, sum) in some.Zip(all!))
                count.Count.Told(window, count.Calls, (long)sum);

            if (_lost)
                logger.LimitsSharedAgain();
            _lost = false;
        }
    }
}
