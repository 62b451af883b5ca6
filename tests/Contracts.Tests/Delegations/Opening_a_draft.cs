using Dapper;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Contracts.Tests.Delegations;

/// <summary>What <c>open_delegation</c> makes of a draft. Only the owner of the tables may call it.</summary>
public sealed class Opening_a_draft(ContractsHost host) : IClassFixture<ContractsHost>
{
    private static readonly DateTime At = new(2026, 5, 4, 8, 0, 0, DateTimeKind.Utc);

    private readonly Guid _insurer = Guid.CreateVersion7();
    private readonly Guid _delegate = Guid.CreateVersion7();
    private readonly Guid _delegation = Guid.CreateVersion7();

    [PostgresTheory]
    [InlineData("insurer")]
    [InlineData("delegate")]
    public async Task The_insurer_owns_the_delegation_whoever_drafted_it(string inviterSide)
    {
        await using var connection = await DraftAsync(inviterSide);

        var opened = await OpenAsync(connection, inviterSide);

        Assert.Equal((_insurer, _delegate, 4L), Assert.Single(opened));
        var (state, insurer, tpa, number) = await connection.QuerySingleAsync<(string, string, string, string)>(
            """
            SELECT d.state, p.insurer_legal_name || ' ' || p.insurer_siren, p.delegate_legal_name || ' ' || p.delegate_siren, c.number
            FROM delegation d
            JOIN delegation_profile p USING (owner_id, delegation_id, delegate_id)
            JOIN insurer_contract c USING (owner_id, delegation_id)
            WHERE d.owner_id = @_insurer AND d.delegate_id = @_delegate AND d.delegation_id = @_delegation
            """,
            new { _insurer, _delegate, _delegation });
        Assert.Equal(("open", "Insurer 775685399", "Delegate 552100554", "G-1"), (state, insurer, tpa, number));
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM delegation_draft WHERE delegation_id = @_delegation", new { _delegation }));
    }

    [PostgresFact]
    public async Task A_draft_that_is_gone_opens_nothing()
    {
        await using var connection = await DraftAsync("insurer");
        await OpenAsync(connection, "insurer");

        Assert.Empty(await OpenAsync(connection, "insurer"));
    }

    [PostgresFact]
    public async Task Two_organisations_of_one_side_cannot_share_a_delegation()
    {
        await using var connection = await DraftAsync("insurer");
        await connection.ExecuteAsync("UPDATE organization SET kind = 'mutual' WHERE owner_id = @_delegate", new { _delegate });

        var refused = await Assert.ThrowsAsync<PostgresException>(() => OpenAsync(connection, "insurer"));

        Assert.Equal(PostgresErrorCodes.CheckViolation, refused.SqlState);
    }

    [PostgresFact]
    public async Task Requests_cannot_open_a_delegation()
    {
        await using var connection = new NpgsqlConnection(host.Database.ConnectionStringFor("contracts", "contracts"));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => OpenAsync(connection, "insurer"));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private async Task<IReadOnlyList<(Guid, Guid, long)>> OpenAsync(NpgsqlConnection connection, string inviterSide) =>
        [.. await connection.QueryAsync<(Guid, Guid, long)>(
            "SELECT insurer_id, delegate_id, revision FROM open_delegation(@inviter, @_delegation, @invitee, @At)",
            new { inviter = inviterSide == "insurer" ? _insurer : _delegate, _delegation, invitee = inviterSide == "insurer" ? _delegate : _insurer, At })];

    private async Task<NpgsqlConnection> DraftAsync(string inviterSide)
    {
        var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        await connection.ExecuteAsync(
            """
            INSERT INTO organization (owner_id, kind, legal_name, siren, create_time) VALUES
                (@_insurer, 'mutual', 'Insurer', '775685399', @At), (@_delegate, 'delegate', 'Delegate', '552100554', @At);
            INSERT INTO delegation_draft VALUES (@owner, @_delegation, @inviterSide, 'Health', 'As claimed', '000000000',
                '{"insurerContracts": [{"number": "G-1", "startDay": "2027-01-01"}]}', '2027-01-01', @At, @At, 3);
            """,
            new { _insurer, _delegate, _delegation, owner = inviterSide == "insurer" ? _insurer : _delegate, inviterSide, At });
        return connection;
    }
}
