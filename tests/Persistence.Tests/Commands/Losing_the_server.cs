#if OWN_CLUSTER
using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.TestKit;
using Npgsql;
using static Delegation.Persistence.Tests.Tenancy.ServiceWithParties;

namespace Delegation.Persistence.Tests.Commands;

public sealed class Losing_the_server
{
    private const string Effects =
        """
        CREATE TABLE effect (owner_id uuid NOT NULL, effect_id uuid NOT NULL, request text NOT NULL, PRIMARY KEY (owner_id, effect_id));
        COMMENT ON TABLE effect IS 'kind: organisation';
        CALL declare_table('effect');
        GRANT SELECT, INSERT ON effect TO {request};
        """;

    /// <summary>Cut off before, in the middle of and, the second time, after their commit: nobody who sends them knows which.</summary>
    [PostgresFact]
    public async Task Commands_that_the_servers_death_cuts_off_have_their_effect_once_when_they_are_sent_again()
    {
        await using var server = await OwnPostgres.StartNewAsync();
        var database = new ServiceDatabase("effects", MadeUpService.Files(("0001_effect.sql", Effects)), MadeUpService.Password);
        await new DatabaseMigrator(server.AdminConnectionString, TimeProvider.System).MigrateAsync(database).Within(60);
        await using var requests = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.AdminConnectionString)
        {
            Database = database.Name, Username = database.Roles.Request, Password = MadeUpService.Password, Timeout = 5, CommandTimeout = 10,
        });
        var sessions = new TenantSessions(requests);
        var caller = CallerOf(Guid.CreateVersion7());
        using var killing = new CancellationTokenSource();

        var sending = Enumerable.Range(0, 4).Select(_ => Task.Run(() => SendUntilAsync(new CommandRunner(sessions, TimeProvider.System), caller, killing.Token))).ToArray();
        for (var kill = 0; kill < 3; kill++)
        {
            await Task.Delay(300);
            if (kill == 1)
                await server.HoldCommitsAsync();

            await Task.Delay(100);
            await server.KillAsync();
            await server.StartAsync();
        }

        await killing.CancelAsync();
        var sent = await Task.WhenAll(sending).Within(60);

        await using var session = await sessions.OpenAsync(caller);
        Assert.Equal(sent.SelectMany(worker => worker.Requests).Order(), (await session.QueryAsync<string>("SELECT request FROM effect")).Order());
        Assert.True(sent.Sum(worker => worker.CutOff) > 0, "nothing was cut off");
    }

    private static async Task<(List<string> Requests, int CutOff)> SendUntilAsync(CommandRunner commands, Caller caller, CancellationToken enough)
    {
        var (requests, cutOff) = (new List<string>(), 0);
        while (!enough.IsCancellationRequested)
        {
            var request = new RegisterOrganizationRequest { RequestId = Guid.NewGuid().ToString() };
            requests.Add(request.RequestId);
            for (var done = false; !done;)
            {
                try
                {
                    await commands.RunAsync(
                        caller,
                        request,
                        "/test/Cause",
                        (session, cancellationToken) => CauseAsync(session, request.RequestId, cancellationToken),
                        CancellationToken.None);
                    done = true;
                }
                catch (NpgsqlException)
                {
                    cutOff++;
                    await Task.Delay(50, CancellationToken.None);
                }
            }
        }

        return (requests, cutOff);
    }

    private static async Task<Outcome<Organization>> CauseAsync(TenantSession session, string request, CancellationToken cancellationToken)
    {
        var effect = Guid.CreateVersion7();
        await session.ExecuteAsync("INSERT INTO effect VALUES (@OrganizationId, @effect, @request)", new { session.Caller.OrganizationId, effect, request }, cancellationToken);
        return new Outcome<Organization>.Accepted(new Organization { Id = effect.ToString() });
    }
}
#endif
