using Dapper;
using Delegation.TestKit;

namespace Delegation.Journal.Tests;

public sealed class The_command_journal_verify
{
    [PostgresFact]
    public async Task It_says_valid_until_a_row_is_changed_behind_the_journals_back_and_then_which()
    {
        await using var database = await SealedAsync(6);
        using (var untouched = JournalCommand.Start(database.AdminConnectionString))
            Assert.Equal((0, "Valid"), await untouched.ResultAsync());

        await using (var connection = await database.Administrator.OpenConnectionAsync())
            await connection.ExecuteAsync("UPDATE journal SET revision = revision + 100 WHERE entry_id = (SELECT entry_id FROM seal WHERE position = 4)");

        using var altered = JournalCommand.Start(database.AdminConnectionString);
        var (exitCode, line) = await altered.ResultAsync();
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Altered at position 4, entry ", line, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task With_the_ends_it_found_before_it_sees_that_the_journal_was_cut()
    {
        await using var database = await SealedAsync(6);
        var ends = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.ends");
        try
        {
            using (var first = JournalCommand.Start(database.AdminConnectionString, ends))
                Assert.Equal((0, "Valid"), await first.ResultAsync());

            await using (var connection = await database.Administrator.OpenConnectionAsync())
                await connection.ExecuteAsync("WITH cut AS (DELETE FROM seal WHERE position > 4 RETURNING entry_id) DELETE FROM journal WHERE entry_id IN (SELECT entry_id FROM cut)");

            using var second = JournalCommand.Start(database.AdminConnectionString, ends);
            Assert.Equal((1, "Removed at position 5, entry none: the journal was longer before"), await second.ResultAsync());
        }
        finally
        {
            File.Delete(ends);
        }
    }

    [PostgresFact]
    public async Task A_database_that_cannot_be_read_is_told_apart_from_one_that_was_tampered_with()
    {
        using var unreachable = JournalCommand.Start("Host=127.0.0.1;Port=1;Username=nobody;Timeout=3");

        var (exitCode, line) = await unreachable.ResultAsync();

        Assert.Equal(2, exitCode);
        Assert.StartsWith("The journal could not be verified", line, StringComparison.Ordinal);
    }

    private static async Task<JournalDatabase> SealedAsync(int entries)
    {
        var database = await JournalDatabase.CreateAsync();
        await using var host = await JournalHost.StartAsync(database);
        await database.ChangeAsync(entries);
        await database.UntilAllSealedAsync();
        return database;
    }
}
