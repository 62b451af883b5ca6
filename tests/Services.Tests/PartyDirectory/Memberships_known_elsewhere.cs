using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.TestKit;
using Delegation.TestKit.Hosting;
using Delegation.TestKit.Tokens;
using Google.Protobuf;
using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Delegation.Services.Tests.PartyDirectory;

/// <summary>Who belongs to an organisation is Contracts' matter; the other services hear of it from its journal.</summary>
public sealed class Memberships_known_elsewhere : IAsyncLifetime
{
    private readonly Guid _organization = Guid.CreateVersion7();
    private TestIssuer _issuer = null!;

    public async Task InitializeAsync() => _issuer = await TestIssuer.StartAsync();

    public async Task DisposeAsync() => await _issuer.DisposeAsync();

    [PostgresFact]
    public async Task What_is_granted_changed_and_ended_in_contracts_holds_in_every_other_service()
    {
        await using var contracts = await Running.StartAsync(Hosts.Contracts(_issuer));
        await using var delivery = await Running.StartAsync(Hosts.Delivery(_issuer, contracts.Host.Address));
        await using var reporting = await Running.StartAsync(Hosts.Reporting(_issuer, contracts.Host.Address));
        await using var watch = await Running.StartAsync(Hosts.Watch(_issuer, contracts.Host.Address));
        TestDatabase[] copies = [delivery.Host.Database, reporting.Host.Database, watch.Host.Database];
        var (claire, karim) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await AppendAsync(contracts.Host.Services, claire, 1, Granted("claire", Role.Administrator));
        await AppendAsync(contracts.Host.Services, karim, 1, Granted("karim", Role.Legal, Role.Signatory));
        await AppendAsync(contracts.Host.Services, claire, 2, Granted("claire", Role.Administrator, Role.Compliance));
        await AppendAsync(contracts.Host.Services, karim, 2, new MembershipEnded { Issuer = _issuer.Authority, Subject = "karim", PersonId = PersonId("karim") });

        foreach (var copy in copies)
        {
            await UntilFollowedAsync(copy, 4);
            var (subject, person, roles, side) = Assert.Single(await MembersAsync(copy));
            Assert.Equal(("claire", PersonId("claire"), "administrator,compliance", "insurer"), (subject, person.ToString(), roles, side));
        }

        Array.ForEach([contracts.Host.Logs, delivery.Host.Logs, reporting.Host.Logs, watch.Host.Logs], log => log.AssertNoErrors());
    }

    [PostgresFact]
    public async Task Whoever_registers_an_organisation_is_known_elsewhere_as_its_administrator()
    {
        await using var contracts = await Running.StartAsync(Hosts.Contracts(_issuer));
        await using var delivery = await Running.StartAsync(Hosts.Delivery(_issuer, contracts.Host.Address));

        await new Organizations.OrganizationsClient(contracts.Host.As("claire")).RegisterOrganizationAsync(
            new RegisterOrganizationRequest { Kind = Organization.Types.Kind.Mutual, LegalName = "MGEN", Siren = "775685399" }, deadline: DateTime.UtcNow.AddSeconds(20));

        await Eventually.Async(async () => (await MembersAsync(delivery.Host.Database)).Any());
        Assert.Equal(("claire", Guid.Parse(PersonId("claire")), "administrator", "insurer"), Assert.Single(await MembersAsync(delivery.Host.Database)));
    }

    [PostgresFact]
    public async Task Each_change_takes_effect_once_however_often_either_service_starts_again()
    {
        await using var contracts = await Running.StartAsync(Hosts.Contracts(_issuer));
        await using var delivery = await Running.StartAsync(Hosts.Delivery(_issuer, contracts.Host.Address));
        await CountChangesAsync(delivery.Host.Database);
        var member = Guid.CreateVersion7();

        for (var round = 0; round < 3; round++)
        {
            await AppendAsync(contracts.Host.Services, member, 2 * round + 1, Granted("claire", Role.Watch));
            await UntilFollowedAsync(delivery.Host.Database, 2 * round + 1);
            await delivery.Host.StopAsync();
            await AppendAsync(contracts.Host.Services, member, 2 * round + 2, Granted("claire", Role.Watch, Role.Legal));
            delivery.Host.Start();
            await contracts.Host.StopAsync();
            contracts.Host.Start();
        }

        await UntilFollowedAsync(delivery.Host.Database, 6);
        await using var database = new NpgsqlConnection(delivery.Host.Database.AdminConnectionString);
        Assert.Equal([1L, 2L, 3L, 4L, 5L, 6L], await database.QueryAsync<long>("SELECT revision FROM change ORDER BY number"));
    }

    [PostgresFact]
    public async Task While_contracts_is_away_the_others_start_and_serve_and_hear_of_everything_afterwards()
    {
        await using var contracts = await Running.StartAsync(Hosts.Contracts(_issuer));
        await AppendAsync(contracts.Host.Services, Guid.CreateVersion7(), 1, Granted("claire", Role.Watch));
        await contracts.Host.StopAsync();

        await using var watch = await Running.StartAsync(Hosts.Watch(_issuer, contracts.Host.Address));
        var health = await new Health.HealthClient(watch.Host.Channel).CheckAsync(new HealthCheckRequest(), deadline: DateTime.UtcNow.AddSeconds(20));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        Assert.Empty(await MembersAsync(watch.Host.Database));

        contracts.Host.Start();
        await UntilFollowedAsync(watch.Host.Database, 1);
        Assert.Single(await MembersAsync(watch.Host.Database));
        watch.Host.Logs.AssertNoErrors();
    }

    private MembershipGranted Granted(string subject, params Role[] roles) =>
        new() { Issuer = _issuer.Authority, Subject = subject, PersonId = PersonId(subject), Roles = { roles }, Side = Side.Insurer };

    private string PersonId(string subject) => new Person(_issuer.Authority, subject).Id.ToString();

    // As a command of Contracts writes it.
    private async Task AppendAsync(IServiceProvider contracts, Guid member, long revision, IMessage told)
    {
        await using var session = await contracts.GetRequiredService<TenantSessions>().OpenAsync(new Caller(_organization, Guid.CreateVersion7(), new HashSet<string>()));
        await session.AppendAsync(new JournalEvent(_organization, null, null, Visibility.Both, "member", member, revision, told), TimeProvider.System);
        await session.CommitAsync();
    }

    private static Task UntilFollowedAsync(TestDatabase database, long position) => Eventually.Async(async () =>
    {
        await using var connection = new NpgsqlConnection(database.AdminConnectionString);
        return await connection.ExecuteScalarAsync<long>("SELECT coalesce(max(position), 0) FROM follower_position WHERE follower = 'contracts.directory'") == position;
    });

    private static async Task<IEnumerable<(string Subject, Guid Person, string Roles, string Side)>> MembersAsync(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.AdminConnectionString);
        return await connection.QueryAsync<(string, Guid, string, string)>("SELECT subject, person_id, array_to_string(roles, ','), side FROM membership");
    }

    private static async Task CountChangesAsync(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.AdminConnectionString);
        await connection.ExecuteAsync(
            """
            CREATE TABLE change (number bigint GENERATED ALWAYS AS IDENTITY, revision bigint NOT NULL);
            CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                INSERT INTO public.change (revision) VALUES (new.revision);
                RETURN new;
            END $$;
            CREATE TRIGGER note_change AFTER INSERT OR UPDATE ON membership FOR EACH ROW EXECUTE FUNCTION note_change();
            """);
    }
}
