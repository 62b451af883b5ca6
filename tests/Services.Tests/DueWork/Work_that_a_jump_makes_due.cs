using Dapper;
using Delegation.TestKit;
using Delegation.TestKit.Hosting;
using Delegation.TestKit.Tokens;
using Npgsql;

namespace Delegation.Services.Tests.DueWork;

public sealed class Work_that_a_jump_makes_due
{
    [PostgresFact]
    public async Task Running_services_do_within_seconds_what_became_due_when_the_clock_was_moved()
    {
        var file = Path.Combine(Path.GetTempPath(), $"clock-{Guid.NewGuid():N}.txt");
        await using var issuer = await TestIssuer.StartAsync();
        var nowhere = new Uri("http://127.0.0.1:9");
        var (delivery, watch) = (Hosts.Delivery(issuer, nowhere), Hosts.Watch(issuer, nowhere));
        delivery.Settings["Clock:OffsetFile"] = watch.Settings["Clock:OffsetFile"] = file;
        await using var first = await Running.StartAsync(delivery);
        await using var second = await Running.StartAsync(watch);

        // Each service's own hourly work, done when it started.
        await Eventually.Async(async () => await NextAsync(delivery.Database) < TimeSpan.FromHours(2) && await NextAsync(watch.Database) < TimeSpan.FromHours(2));
        try
        {
            await File.WriteAllTextAsync(file, "90.00:00:00");
            await Eventually.Async(
                async () => await NextAsync(delivery.Database) > TimeSpan.FromDays(89) && await NextAsync(watch.Database) > TimeSpan.FromDays(89), TimeSpan.FromSeconds(10));
        }
        finally
        {
            File.Delete(file);
        }

        delivery.Logs.AssertNoErrors();
        watch.Logs.AssertNoErrors();
    }

    // How far ahead of the machine's clock the next run is; a run long ago counts as none.
    private static async Task<TimeSpan> NextAsync(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.AdminConnectionString);
        var next = await connection.ExecuteScalarAsync<DateTime>("SELECT due_time FROM due WHERE kind = 'idempotency.expiry'") - DateTime.UtcNow;
        return next > TimeSpan.FromDays(-1) ? next : TimeSpan.MaxValue;
    }
}
