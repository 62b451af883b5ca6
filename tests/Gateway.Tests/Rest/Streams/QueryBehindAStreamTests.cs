using Delegation.Gateway.Tests.Hosts;
using Delegation.Gateway.Tests.Protos;
using Npgsql;

namespace Delegation.Gateway.Tests.Rest.Streams;

/// <summary>What a service reads from its database for a stream that nobody reads any more.</summary>
public sealed class QueryBehindAStreamTests
{
    // A row at once, and the next one after longer than any wait of this test.
    private const string Slow = "SELECT n, pg_sleep(CASE n WHEN 1 THEN 0 ELSE 300 END) FROM generate_series(1, 2) n";

    [PostgresFact]
    public async Task A_browser_tab_that_closes_ends_the_query_in_the_database()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database.AdminConnectionString);
        await using var service = await ServiceHost.StartAsync(new ProbeService
        {
            OnDownload = async (_, answers, context) =>
            {
                await answers.WriteAsync(new Message { Text = "begun" }, context.CancellationToken);
                await using var query = source.CreateCommand(Slow);
                await using var row = await query.ExecuteReaderAsync(context.CancellationToken);
                while (await row.ReadAsync(context.CancellationToken))
                    await answers.WriteAsync(new Message { Text = $"{row.GetInt32(0)}" }, context.CancellationToken);
            },
        });
        await using var gateway = await GatewayHost.StartAsync([service.Address]);
        using var rest = new RestClient(gateway);
        using (var answer = await rest.OpenAsync("/v1/messages/x:watch"))
        using (var reader = new StreamReader(await answer.Content.ReadAsStreamAsync()))
        {
            Assert.StartsWith("data: ", await reader.ReadLineAsync().Within(10), StringComparison.Ordinal);
            await Eventually.Async(async () => await RunningAsync() == 1);
        }

        await Eventually.Async(async () => await RunningAsync() == 0);

        async Task<long> RunningAsync()
        {
            await using var query = source.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query = $1");
            query.Parameters.Add(new() { Value = Slow });
            return (long)(await query.ExecuteScalarAsync())!;
        }
    }
}
