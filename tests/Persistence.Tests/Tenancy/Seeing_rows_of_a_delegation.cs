using Delegation.Persistence.Tenancy;
using Delegation.TestKit;
using Npgsql;
using static Delegation.Persistence.Tests.Tenancy.ServiceWithParties;

namespace Delegation.Persistence.Tests.Tenancy;

public sealed class Seeing_rows_of_a_delegation(ServiceWithParties parties) : IClassFixture<ServiceWithParties>
{
    [PostgresTheory]
    [InlineData("both", true, true)]
    [InlineData("insurer", true, false)]
    [InlineData("delegate", false, true)]
    public async Task Both_parties_see_a_note_unless_it_is_private_and_nobody_else_ever_does(string visibility, bool insurerSees, bool delegateSees)
    {
        var author = visibility == "delegate" ? Tpa : Insurer;
        var id = await parties.WriteNoteAsync(author, Insurer, Tpa, visibility);

        Assert.Equal(insurerSees, await SeesAsync(Insurer, id));
        Assert.Equal(delegateSees, await SeesAsync(Tpa, id));
        Assert.False(await SeesAsync(OtherInsurer, id));
        Assert.False(await SeesAsync(OtherTpa, id));
    }

    [PostgresFact]
    public async Task Who_does_not_see_a_row_changes_nothing_in_it()
    {
        var id = await parties.WriteNoteAsync(Insurer, Insurer, Tpa);

        await parties.AsAsync(OtherTpa, async session =>
        {
            Assert.Equal(0, await session.ExecuteAsync("UPDATE note SET body = 'mine' WHERE note_id = @id", new { id }));
            Assert.Equal(0, await session.ExecuteAsync("DELETE FROM note WHERE note_id = @id", new { id }));
        });

        Assert.Equal("text", await parties.ReadAsync<string>(Tpa, "SELECT body FROM note WHERE note_id = @id", new { id }));
    }

    [PostgresFact]
    public async Task A_row_of_a_delegation_of_others_is_refused()
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => parties.WriteNoteAsync(OtherTpa, Insurer, Tpa));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [PostgresFact]
    public async Task A_row_cannot_be_handed_to_a_delegation_of_others()
    {
        var id = await parties.WriteNoteAsync(Insurer, Insurer, Tpa);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => parties.AsAsync(Insurer, session => session.ExecuteAsync(
            "UPDATE note SET owner_id = @OtherInsurer, delegation_id = @delegation WHERE note_id = @id",
            new { OtherInsurer, delegation = DelegationOf(OtherInsurer, Tpa), id })));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    /// <summary>A delegation is all three of its columns: a real id between other parties is as made up as one that nobody has.</summary>
    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_made_up_delegation_is_refused(bool realIdOfOtherParties)
    {
        var delegation = realIdOfOtherParties ? DelegationOf(OtherInsurer, OtherTpa) : Guid.CreateVersion7();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => parties.AsAsync(Tpa, session => session.ExecuteAsync(
            "INSERT INTO note VALUES (@Insurer, @delegation, @Tpa, @id, 'both', 'text')", new { Insurer, delegation, Tpa, id = Guid.CreateVersion7() })));

        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, refused.SqlState);
    }

    [PostgresFact]
    public async Task Requests_cannot_make_a_delegation()
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => parties.AsAsync(Insurer, session => session.ExecuteAsync(
            "INSERT INTO delegation VALUES (@Insurer, @id, @Tpa, 'active', 1)", new { Insurer, id = Guid.CreateVersion7(), Tpa })));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [PostgresFact]
    public async Task An_organisation_sees_its_own_profile_only()
    {
        await parties.AsAsync(Insurer, session => session.ExecuteAsync("INSERT INTO profile VALUES (@Insurer, 'ours')", new { Insurer }));

        Assert.Equal(1, await parties.ReadAsync<long>(Insurer, "SELECT count(*) FROM profile"));
        Assert.Equal(0, await parties.ReadAsync<long>(Tpa, "SELECT count(*) FROM profile"));
    }

    [PostgresFact]
    public async Task Nobody_sees_anything_who_acts_for_nobody()
    {
        await parties.WriteNoteAsync(Insurer, Insurer, Tpa);
        await using var request = await parties.Requests.OpenConnectionAsync();

        Assert.Empty(await CatalogueRules.SeenByNobodyAsync(request));
    }

    /// <summary>A setting that once existed in a connection resets to '' and not to null.</summary>
    [PostgresFact]
    public async Task Nobody_sees_anything_on_a_connection_that_acted_for_somebody_before()
    {
        await parties.WriteNoteAsync(Insurer, Insurer, Tpa);
        await using var single = parties.Service.DataSource(parties.Service.Name, poolSize: 1);
        await using (var session = await new TenantSessions(single).OpenAsync(CallerOf(Insurer)))
        {
            Assert.NotEqual(0, await session.FindAsync<long>("SELECT count(*) FROM note"));
            await session.CommitAsync();
        }

        await using var request = await single.OpenConnectionAsync();
        Assert.Empty(await CatalogueRules.SeenByNobodyAsync(request));
    }

    [PostgresFact]
    public async Task What_a_migration_changes_in_rows_is_changed()
    {
        await using var service = await MadeUpService.CreateAsync();
        (string, string) table = ("0001_table.sql",
            "CREATE TABLE profile (owner_id uuid PRIMARY KEY, motto text); COMMENT ON TABLE profile IS 'kind: organisation'; CALL declare_table('profile'); INSERT INTO profile VALUES (gen_random_uuid());");
        await service.MigrateAsync(service.WithPlatform(table));

        await service.MigrateAsync(service.WithPlatform(table, ("0002_backfill.sql", "UPDATE profile SET motto = 'none'; ALTER TABLE profile ALTER COLUMN motto SET NOT NULL;")));

        await using var administrator = await service.AdministratorAsync();
        Assert.Equal(1L, await Dapper.SqlMapper.ExecuteScalarAsync<long>(administrator, "SELECT count(*) FROM profile WHERE motto = 'none'"));
    }

    private Task<bool> SeesAsync(Guid organization, Guid note) =>
        parties.ReadAsync<bool>(organization, "SELECT EXISTS (SELECT FROM note WHERE note_id = @note)", new { note });
}
