using Dapper;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.TestKit;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace Delegation.Journal.Tests;

public sealed class Writing_entries
{
    private static readonly Guid Insurer = Guid.CreateVersion7(), Delegate = Guid.CreateVersion7(), Stranger = Guid.CreateVersion7(), Person = Guid.CreateVersion7();

    [PostgresFact]
    public async Task An_entry_says_who_when_which_revision_and_what()
    {
        await using var database = await JournalDatabase.CreateAsync();
        var delegation = await DelegateAsync(database);
        var thing = Guid.CreateVersion7();

        await AppendAsync(database, Delegate, Entry(delegation, Delegate, thing, revision: 3));

        await using var host = await JournalHost.StartAsync(database);
        var entry = (await host.FollowAsync(after: 0, count: 1))[0];
        Assert.Equal((1, 1), (entry.Position, entry.OwnerPosition));
        Assert.Equal((Insurer.ToString(), delegation.ToString(), Delegate.ToString()), (entry.OwnerId, entry.DelegationId, entry.DelegateId));
        Assert.Equal((Delegate.ToString(), Person.ToString()), (entry.OrganizationId, entry.PersonId));
        Assert.Equal(("thing", thing.ToString(), 3), (entry.ObjectType, entry.ObjectId, entry.Revision));
        Assert.Equal((Delegation.Journal.V1.Entry.Types.Visibility.Both, "google.protobuf.StringValue"), (entry.Visibility, entry.EventType));
        Assert.Equal("done", StringValue.Parser.ParseFrom(entry.Payload).Value);
        Assert.InRange(DateTime.UtcNow - entry.OccurTime.ToDateTime(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [PostgresFact]
    public async Task A_transaction_that_is_not_committed_leaves_no_trace()
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using (var session = await database.Sessions.OpenAsync(Caller(Insurer)))
            await session.AppendAsync(Entry(null, null, Guid.CreateVersion7()), TimeProvider.System);

        Assert.Equal(0, await database.AskAsync<long>("SELECT (SELECT count(*) FROM journal) + (SELECT count(*) FROM pending)"));
    }

    [PostgresFact]
    public async Task Who_is_no_party_cannot_write_an_entry()
    {
        await using var database = await JournalDatabase.CreateAsync();
        var delegation = await DelegateAsync(database);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusalAsync(database, Stranger, Entry(delegation, Delegate, Guid.CreateVersion7())));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusalAsync(database, Delegate, Entry(null, null, Guid.CreateVersion7())));
    }

    [PostgresFact]
    public async Task A_delegation_that_does_not_exist_cannot_be_written_about()
    {
        await using var database = await JournalDatabase.CreateAsync();

        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, await RefusalAsync(database, Insurer, Entry(Guid.CreateVersion7(), Delegate, Guid.CreateVersion7())));
    }

    [PostgresFact]
    public async Task A_revision_is_written_once()
    {
        await using var database = await JournalDatabase.CreateAsync();
        var thing = Guid.CreateVersion7();
        await AppendAsync(database, Insurer, Entry(null, null, thing));

        Assert.Equal(PostgresErrorCodes.UniqueViolation, await RefusalAsync(database, Insurer, Entry(null, null, thing)));
    }

    [PostgresFact]
    public async Task What_the_platform_does_itself_has_no_actor()
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using (var session = await database.SystemSessions.OpenAsync())
        {
            session.ActFor(Insurer);
            await session.AppendAsync(Entry(null, null, Guid.CreateVersion7()), TimeProvider.System);
            await session.CommitAsync();
        }

        Assert.Equal(1, await database.AskAsync<long>("SELECT count(*) FROM journal WHERE organization_id IS NULL AND person_id IS NULL"));
    }

    [PostgresTheory]
    [InlineData("SELECT * FROM journal")]
    [InlineData("INSERT INTO pending (entry_id) VALUES (gen_random_uuid())")]
    [InlineData("UPDATE journal SET revision = 1")]
    [InlineData("DELETE FROM seal")]
    [InlineData("SELECT erase_journal_payload(gen_random_uuid())")]
    public async Task The_role_for_requests_reaches_the_journal_by_its_function_alone(string statement)
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using var connection = await database.Requests.OpenConnectionAsync();

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(statement))).SqlState);
    }

    [PostgresTheory]
    [InlineData("UPDATE journal SET revision = 1")]
    [InlineData("DELETE FROM journal")]
    [InlineData("UPDATE seal SET position = 1")]
    [InlineData("DELETE FROM seal")]
    public async Task Not_even_the_system_role_changes_what_was_written(string statement)
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using var connection = await database.System.OpenConnectionAsync();

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(statement))).SqlState);
    }

    private static Caller Caller(Guid organization) => new(organization, Person, new HashSet<string>());

    private static JournalEvent Entry(Guid? delegation, Guid? @delegate, Guid thing, long revision = 1) =>
        new(Insurer, delegation, @delegate, Visibility.Both, "thing", thing, revision, new StringValue { Value = "done" });

    private static async Task AppendAsync(JournalDatabase database, Guid organization, JournalEvent entry)
    {
        await using var session = await database.Sessions.OpenAsync(Caller(organization));
        await session.AppendAsync(entry, TimeProvider.System);
        await session.CommitAsync();
    }

    private static async Task<string> RefusalAsync(JournalDatabase database, Guid organization, JournalEvent entry) =>
        (await Assert.ThrowsAsync<PostgresException>(() => AppendAsync(database, organization, entry))).SqlState;

    private static async Task<Guid> DelegateAsync(JournalDatabase database)
    {
        var delegation = Guid.CreateVersion7();
        await using var connection = await database.Administrator.OpenConnectionAsync();
        await connection.ExecuteAsync("INSERT INTO delegation VALUES (@Insurer, @delegation, @Delegate, 'active', 1)", new { Insurer, delegation, Delegate });
        return delegation;
    }
}
