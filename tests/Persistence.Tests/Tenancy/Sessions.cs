using Delegation.Persistence.Tenancy;
using Delegation.TestKit;
using Npgsql;
using static Delegation.Persistence.Tests.Tenancy.ServiceWithParties;

namespace Delegation.Persistence.Tests.Tenancy;

public sealed class Sessions(ServiceWithParties parties) : IClassFixture<ServiceWithParties>
{
    [PostgresFact]
    public async Task The_first_statement_carries_the_caller_and_later_ones_do_not()
    {
        using var statements = new StatementRecorder();
        await using var session = await parties.Sessions.OpenAsync(CallerOf(Insurer));

        Assert.Equal(Insurer, await session.FindAsync<Guid>("SELECT app_org()"));
        Assert.Equal(session.Caller.PersonId, await session.FindAsync<Guid>("SELECT app_user()"));

        Assert.Equal(
            ["CALL act_for(@session_organization, @session_person);\nSELECT app_org()", "SELECT app_user()"],
            statements.Of(parties.Service.Name));
    }

    [PostgresFact]
    public async Task The_first_statement_answers_its_own_rows_and_count()
    {
        await using (var session = await parties.Sessions.OpenAsync(CallerOf(Insurer)))
            Assert.Equal(["929"], await session.QueryAsync<string>("SELECT code FROM code"));

        await using (var session = await parties.Sessions.OpenAsync(CallerOf(Insurer)))
            Assert.Equal(1, await session.ExecuteAsync("INSERT INTO profile VALUES (@Insurer, 'ours')", new { Insurer }));
    }

    [PostgresFact]
    public async Task What_is_not_committed_did_not_happen()
    {
        var organization = Guid.CreateVersion7();
        await using (var session = await parties.Sessions.OpenAsync(CallerOf(organization)))
            await session.ExecuteAsync("INSERT INTO profile VALUES (@organization, 'ours')", new { organization });

        Assert.Equal(0, await parties.ReadAsync<long>(organization, "SELECT count(*) FROM profile"));
    }

    [PostgresFact]
    public async Task One_that_is_disposed_of_twice_leaves_alone_who_has_its_connection_since()
    {
        await using var single = parties.Service.DataSource(parties.Service.Name, poolSize: 1);
        var sessions = new TenantSessions(single);
        var first = await sessions.OpenAsync(CallerOf(Insurer));
        await first.ExecuteAsync("SELECT 1");
        await first.DisposeAsync();

        var organization = Guid.CreateVersion7();
        await using (var second = await sessions.OpenAsync(CallerOf(organization)))
        {
            await second.ExecuteAsync("INSERT INTO profile VALUES (@organization, 'ours')", new { organization });
            await first.DisposeAsync();
            await second.CommitAsync();
        }

        Assert.Equal(1, await parties.ReadAsync<long>(organization, "SELECT count(*) FROM profile"));
    }

    [PostgresFact]
    public async Task A_founder_acts_for_the_organisation_from_the_next_statement_on()
    {
        var founded = Guid.CreateVersion7();
        await using var session = await parties.Sessions.OpenAsync(Caller.WithoutOrganization(Guid.CreateVersion7()));
        await session.ExecuteAsync("SELECT 1");

        session.ActFor(founded);

        Assert.Equal(1, await session.ExecuteAsync("INSERT INTO profile VALUES (@founded, 'ours')", new { founded }));
        Assert.Equal(session.Caller.PersonId, await session.FindAsync<Guid>("SELECT app_user()"));
    }

    [PostgresFact]
    public async Task What_runs_without_a_caller_acts_for_nobody_until_it_says_for_whom()
    {
        await using var session = await new SystemSessions(parties.System).OpenAsync();
        Assert.Null(await session.FindAsync<Guid?>("SELECT app_org()"));

        session.ActFor(Insurer);

        Assert.Equal(Insurer, await session.FindAsync<Guid?>("SELECT app_org()"));
        Assert.Null(await session.FindAsync<Guid?>("SELECT app_user()"));
    }

    /// <summary>Few connections, many callers of two organisations, and transactions that end in every way there is.</summary>
    [PostgresFact]
    public async Task Connections_in_a_pool_carry_nothing_from_one_caller_to_the_next()
    {
        await parties.WriteNoteAsync(Insurer, Insurer, Tpa, "insurer");
        await parties.WriteNoteAsync(OtherInsurer, OtherInsurer, Tpa, "insurer");
        await using var shared = parties.Service.DataSource(parties.Service.Name, poolSize: 3);
        var sessions = new TenantSessions(shared);

        await Task.WhenAll(Enumerable.Range(0, 24).Select(worker => Task.Run(() => CallOftenAsync(worker)))).Within(60);

        async Task CallOftenAsync(int worker)
        {
            var mine = worker % 2 == 0 ? Insurer : OtherInsurer;
            var random = new Random(worker);
            for (var call = 0; call < 40; call++)
            {
                if (random.Next(4) == 0)
                {
                    await using var nobody = await shared.OpenConnectionAsync();
                    await using var command = new NpgsqlCommand("SELECT count(*) FROM note", nobody);
                    Assert.Equal(0L, await command.ExecuteScalarAsync());
                    continue;
                }

                await using var session = await sessions.OpenAsync(CallerOf(mine));
                Assert.All(await session.QueryAsync<Guid>("SELECT owner_id FROM note"), owner => Assert.Equal(mine, owner));
                Assert.Equal(mine, await session.FindAsync<Guid>("SELECT DISTINCT owner_id FROM note"));
                switch (random.Next(3))
                {
                    case 0:
                        await session.CommitAsync();
                        break;
                    case 1:
                        await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync("SELECT 1 / 0"));
                        break;
                }
            }
        }
    }
}
