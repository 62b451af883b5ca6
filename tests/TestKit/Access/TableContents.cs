using Delegation.Persistence.DueWork;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Delegation.TestKit.Access;

/// <summary>What is in each table of a service, to see that something changed nothing.</summary>
internal static class TableContents
{
    // A row is told by its place and by the transaction that wrote it, which a change of any column changes: what the columns hold need not be read.
    // Without what a service does by itself, at any time: seal, follow, its hourly work.
    private const string Tables =
        """
        SELECT format('SELECT %L, count(*) || md5(coalesce(sum(hashtidextended(t.ctid, t.xmin::text::bigint)), 0)::text) FROM %s t%s', c.relname, c.oid::regclass,
            CASE c.relname WHEN 'due' THEN ' WHERE kind <> ''idempotency.expiry''' ELSE '' END)
        FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname NOT IN ('pending', 'seal', 'follower_position')
        """;

    // Longer than an open stream takes, several times over.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(150);

    /// <summary>The number of rows of each table, and a digest of which they are.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(TestDatabase database)
    {
        var statements = await ReadAsync(database.Admin, Tables, row => row.GetString(0));
        return (await ReadAsync(database.Admin, string.Join("\nUNION ALL ", statements), row => KeyValuePair.Create(row.GetString(0), row.GetString(1)))).ToDictionary();
    }

    /// <summary>
    /// The same, once what was prepared has had all its effects: entries are sealed, and followed, a moment after their commands, and what they made due
    /// is done within a second or so.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadSettledAsync(Scene scene)
    {
        var contents = await ReadAsync(scene.Database);
        await Eventually.Async(async () =>
        {
            await Task.Delay(Moment);
            // Asked first: work that is done meanwhile is in what is read then.
            var isWorkLeft = await IsWorkLeftAsync(scene);
            var before = contents;
            contents = await ReadAsync(scene.Database);
            return !isWorkLeft && !Differing(before, contents).Any();
        });
        return contents;
    }

    /// <summary>The tables in which something differs.</summary>
    public static IEnumerable<string> Differing(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        after.Where(table => before[table.Key] != table.Value).Select(table => table.Key).Order();

    // Entries to seal, and what the scene's own process does when it is due; what failed is tried again at some later time, which nobody waits for.
    private static async Task<bool> IsWorkLeftAsync(Scene scene)
    {
        await using var command = scene.Database.Admin.CreateCommand(
            "SELECT EXISTS (SELECT FROM pending) OR EXISTS (SELECT FROM due WHERE due_time <= $1 AND kind = ANY ($2) AND attempts = 0)");
        command.Parameters.Add(new NpgsqlParameter { Value = scene.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter { Value = scene.Services.GetServices<IDueWork>().Select(work => work.Kind).ToArray() });
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlDataSource source, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var command = source.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await row.ReadAsync())
            rows.Add(read(row));

        return rows;
    }
}
