using Delegation.Persistence.Tenancy;
using Delegation.TestKit;
using Npgsql;
using static Delegation.Persistence.Tests.Tenancy.ServiceWithParties;

namespace Delegation.Persistence.Tests.Tenancy;

/// <summary>The database itself asks whether a mission is this auditor's, open at that instant and about that delegation.</summary>
public sealed class Rows_that_auditors_see(ServiceWithParties parties) : IClassFixture<ServiceWithParties>
{
    private static readonly DateTimeOffset Open = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [PostgresFact]
    public async Task They_see_what_both_parties_of_the_one_delegation_see_while_the_mission_is_open()
    {
        var (mission, auditor) = await MissionAsync("contract");
        var shared = await parties.WriteNoteAsync(Insurer, Insurer, Tpa);
        await parties.WriteNoteAsync(Insurer, Insurer, Tpa, "insurer");
        await parties.WriteNoteAsync(Insurer, Insurer, OtherTpa);

        Assert.Equal([shared], await NotesAsync(mission, auditor, Open));
        Assert.Equal([shared], await NotesAsync(mission, auditor, Open.AddDays(30).AddMicroseconds(-1)));
        Assert.Empty(await NotesAsync(mission, auditor, Open.AddMicroseconds(-1)));
        Assert.Empty(await NotesAsync(mission, auditor, Open.AddDays(30)));
        Assert.Empty(await NotesAsync(mission, Guid.NewGuid(), Open));
        Assert.Empty(await NotesAsync(Guid.NewGuid(), auditor, Open));
        var (money, accountant) = await MissionAsync("finance");
        Assert.Empty(await NotesAsync(money, accountant, Open));
    }

    [PostgresTheory]
    [InlineData("UPDATE note SET body = 'mine'")]
    [InlineData("DELETE FROM note")]
    [InlineData("INSERT INTO note SELECT * FROM note")]
    [InlineData("SELECT * FROM profile")]
    [InlineData("SELECT * FROM audit_access")]
    [InlineData("CALL act_for(gen_random_uuid(), gen_random_uuid())")]
    public async Task They_change_nothing_and_see_no_other_table(string sql)
    {
        var (mission, auditor) = await MissionAsync("contract");
        await using var session = await OpenAsync(mission, auditor, Open);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync(sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    /// <summary>The connection goes back to the pool as it was.</summary>
    [PostgresFact]
    public async Task Who_comes_after_an_auditor_is_nobody_s_auditor()
    {
        var (mission, auditor) = await MissionAsync("contract");
        await using var single = parties.Service.DataSource(parties.Service.Name, poolSize: 1);
        await using (var session = await new TenantSessions(single).OpenAsync(CallerOf(Insurer) with { PersonId = auditor, Auditing = new Auditing(mission, Open) }))
            await session.FindAsync<long>("SELECT count(*) FROM note");

        await using var next = await new TenantSessions(single).OpenAsync(CallerOf(Insurer));
        Assert.Equal(1, await next.ExecuteAsync("INSERT INTO profile VALUES (@Insurer, '') ON CONFLICT (owner_id) DO UPDATE SET motto = ''", new { Insurer }));
    }

    [PostgresFact]
    public async Task Plans_of_all_others_know_nothing_of_auditors()
    {
        await using var session = await parties.Sessions.OpenAsync(CallerOf(Insurer));

        var plan = await session.QueryAsync<string>("EXPLAIN VERBOSE SELECT note_id FROM note WHERE owner_id = @Insurer", new { Insurer });

        Assert.DoesNotContain(plan, line => line.Contains("audit", StringComparison.Ordinal));
        Assert.Contains(plan, line => line.Contains("COALESCE", StringComparison.Ordinal));
    }

    private async Task<(Guid Mission, Guid Auditor)> MissionAsync(string subject)
    {
        const string Sql = "INSERT INTO audit_access VALUES (@mission, @Insurer, @delegation, @Tpa, @Insurer, ARRAY[@auditor], ARRAY[@subject], 'both', @open, @close, 1)";

        var (mission, auditor) = (Guid.NewGuid(), Guid.NewGuid());
        await using var follower = await new SystemSessions(parties.System).OpenAsync();
        await follower.ExecuteAsync(
            Sql, new { mission, Insurer, delegation = DelegationOf(Insurer, Tpa), Tpa, auditor, subject, open = Open.UtcDateTime, close = Open.AddDays(30).UtcDateTime });
        await follower.CommitAsync();
        return (mission, auditor);
    }

    private Task<TenantSession> OpenAsync(Guid mission, Guid auditor, DateTimeOffset time) =>
        parties.Sessions.OpenAsync(CallerOf(Insurer) with { PersonId = auditor, Auditing = new Auditing(mission, time) });

    private async Task<IReadOnlyList<Guid>> NotesAsync(Guid mission, Guid auditor, DateTimeOffset time)
    {
        await using var session = await OpenAsync(mission, auditor, time);
        return await session.QueryAsync<Guid>("SELECT note_id FROM note");
    }
}
