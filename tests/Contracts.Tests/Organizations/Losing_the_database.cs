#if OWN_CLUSTER
extern alias migrator;

using Dapper;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Delegation.TestKit.Hosting;
using Grpc.Core;
using Npgsql;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests.Organizations;

/// <summary>What a caller sees of a database that is restarted or killed, through the service as it runs.</summary>
public sealed class Losing_the_database(Losing_the_database.Victim victim) : IClassFixture<Losing_the_database.Victim>, IAsyncLifetime
{
    private readonly OwnPostgres _server = victim.Server;
    private readonly ServiceHost<Program> _host = new("contracts", typeof(migrator::Program).Assembly, server: victim.Server.AdminConnectionString);

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_that_was_committed_unheard_is_refused_as_an_outage_and_answered_when_it_is_sent_again(bool killed)
    {
        await RegisterAsync(New());
        var request = New();

        await _server.HoldCommitsAsync();
        var cutOff = Refusals.ThrownBy(Client.RegisterOrganizationAsync(request, deadline: People.Deadline));
        await Eventually.Async(async () => await AskAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'contracts' AND wait_event = 'SyncRep'") == 1);
        await GoAndComeAsync(killed);

        Assert.Equal((StatusCode.Unavailable, "DATABASE_UNAVAILABLE"), Told(await cutOff));
        var answered = await UntilAnsweredAsync(request);
        Assert.Equal(answered, await RegisterAsync(request));
        Assert.Equal(2, await AskAsync<long>("SELECT count(*) FROM organization"));
        Assert.Equal(1, await AskAsync<long>($"SELECT count(*) FROM journal WHERE object_type = 'organization' AND object_id = '{answered.Id}'"));
        _host.Logs.AssertNoErrors();
    }

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_that_was_cut_off_before_its_commit_did_nothing_and_does_it_once_when_it_is_sent_again(bool killed)
    {
        await RegisterAsync(New());
        var request = New();

        // Its first statement waits for a lock when the server goes.
        await using var administrator = Administrator();
        await using var connection = await administrator.OpenConnectionAsync();
        await connection.ExecuteAsync("BEGIN; LOCK TABLE organization");
        var cutOff = Refusals.ThrownBy(Client.RegisterOrganizationAsync(request, deadline: People.Deadline));
        await Eventually.Async(async () => await AskAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE usename = 'contracts' AND wait_event_type = 'Lock'") == 1);
        await GoAndComeAsync(killed);

        Assert.Equal((StatusCode.Unavailable, "DATABASE_UNAVAILABLE"), Told(await cutOff));
        Assert.Equal(1, await AskAsync<long>("SELECT count(*) FROM organization"));
        var answered = await UntilAnsweredAsync(request);
        Assert.Equal(answered, await RegisterAsync(request));
        Assert.Equal(2, await AskAsync<long>("SELECT count(*) FROM organization"));
        _host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task While_the_database_is_away_a_command_says_so_and_afterwards_it_succeeds_once()
    {
        await RegisterAsync(New());
        var request = New();
        await _server.KillAsync();

        for (var attempt = 0; attempt < 3; attempt++)
            Assert.Equal(
                (StatusCode.Unavailable, "DATABASE_UNAVAILABLE"), Told(await Refusals.ThrownBy(Client.RegisterOrganizationAsync(request, deadline: People.Deadline))));

        await _server.StartAsync();
        await UntilAnsweredAsync(request);
        Assert.Equal(2, await AskAsync<long>("SELECT count(*) FROM organization"));
        _host.Logs.AssertNoErrors();
    }

    private V1.Organizations.OrganizationsClient Client => new(_host.As("somebody"));

    private static RegisterOrganizationRequest New() =>
        new() { Kind = Kind.Mutual, LegalName = "MGEN", Siren = People.Siren, RequestId = Guid.NewGuid().ToString() };

    private async Task<Organization> RegisterAsync(RegisterOrganizationRequest request) => await Client.RegisterOrganizationAsync(request, deadline: People.Deadline);

    // The pool may still hold connections that the server ended; each costs one attempt.
    private async Task<Organization> UntilAnsweredAsync(RegisterOrganizationRequest request)
    {
        Organization? answer = null;
        await Eventually.Async(async () => (answer = await RegisterAsync(request)) is not null);
        return answer!;
    }

    private async Task GoAndComeAsync(bool killed)
    {
        if (killed)
        {
            await _server.KillAsync();
            await _server.StartAsync();
        }
        else
        {
            await _server.RestartAsync();
        }
    }

    private async Task<T> AskAsync<T>(string sql)
    {
        await using var source = Administrator();
        await using var connection = await source.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    private NpgsqlDataSource Administrator() =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_host.Database.AdminConnectionString) { Pooling = false }.ConnectionString);

    /// <summary>The server of these tests, which run one after the other.</summary>
    public sealed class Victim : IAsyncLifetime
    {
        public OwnPostgres Server { get; private set; } = null!;

        public async Task InitializeAsync() => Server = await OwnPostgres.StartNewAsync();

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }

    private static (StatusCode, string) Told(RpcException refusal) => (refusal.StatusCode, refusal.Reason());
}
#endif
